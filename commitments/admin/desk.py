"""The desk: the stock admin site with the work queue as its start page, and typed text that outlives a session."""

from functools import wraps

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from commitments.admin.queue_page import check_rows, queue_page
from commitments.admin.saving import held
from commitments.admin.tables_in import TablesIn
from commitments.rules.review import Role

SIGN_IN = "sign-in"  # before the names of the fields that are not the page's own


class Desk(admin.AdminSite):
    site_title = site_header = _("Analysts' desk")
    index_title = _("The register")
    empty_value_display = "–"

    def get_urls(self):
        tables = TablesIn(self)
        return [
            path("queue/check/", self.admin_view(check_rows), name="queue_check"),
            path("tables-in/", self.admin_view(tables.page), name="tables_in"),
            path("tables-in/template/", self.admin_view(tables.template), name="tables_in_template"),
            *super().get_urls(),
        ]

    def each_context(self, request):
        """Asked only by the pages that link there."""
        return {**super().each_context(request), "may_bring_tables": lambda: Role.ANALYST in held(request)}

    def index(self, request, extra_context=None):
        """The queue, for whoever may see commitments."""
        if request.user.has_perm("commitments.view_commitment"):
            request.current_app = self.name
            return queue_page(request, self, extra_context)
        return super().index(request, extra_context)

    def admin_view(self, view, cacheable=False):
        """A form that is sent after the session has ended asks for the password and then goes on."""
        stock = super().admin_view(view, cacheable)

        @wraps(stock)
        def kept(request, *args, **kwargs):
            if request.method == "POST" and not request.user.is_authenticated and self._is_form_of_ours(request):
                return self._sign_in_again(request, stock, args, kwargs)
            return stock(request, *args, **kwargs)

        return kept

    def _is_form_of_ours(self, request) -> bool:
        return request.resolver_match.url_name not in ("login", "logout")

    def _sign_in_again(self, request, view, args, kwargs):
        form = AdminAuthenticationForm(request, data=request.POST if SIGN_IN in request.POST else None, prefix=SIGN_IN)
        if form.is_bound and form.is_valid():
            login(request, form.get_user())
            return view(request, *args, **kwargs)
        context = {
            **self.each_context(request),
            "title": _("Sign in again"),
            "form": form,
            "typed": [(name, value) for name, values in request.POST.lists() for value in values if _is_kept(name)],
            "had_files": bool(request.FILES),
        }
        return TemplateResponse(request, "admin/commitments/sign_in_again.html", context)


def _is_kept(name: str) -> bool:
    return not name.startswith(SIGN_IN) and name != "csrfmiddlewaretoken" and "password" not in name
