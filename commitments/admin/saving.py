"""What every page of the desk shares: rows are written by actions, history is read, a refusal loses nothing typed."""

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db.models import JSONField, URLField
from django.forms import Textarea
from django.http import HttpResponseRedirect
from simple_history.admin import SimpleHistoryAdmin

from commitments.actions.commitments import remove_part, save_part
from commitments.actions.derived import writing
from commitments.actions.removal import remove
from commitments.actions.roles import roles_of
from commitments.admin.refusals import REFUSALS, FixedOnceSavedForm, RefusableForm, refusal_of
from commitments.admin.versions import stored
from commitments.rules.refusal import Refused
from commitments.rules.review import Role


def held(request) -> frozenset[Role]:
    """The person's roles, read once per request."""
    if not hasattr(request, "roles_held"):
        request.roles_held = roles_of(request.user)
    return request.roles_held


def without(fieldsets, name: str) -> list:
    return [(head, {**given, "fields": [f for f in given["fields"] if f != name]}) for head, given in fieldsets]


def stored_below(inlines) -> list[tuple[str, str]]:
    forms = [form for inline in inlines for form in inline.formset.forms if form.instance.pk and form.has_changed()]
    return [(f"{form.instance} · {label}", text) for form in forms for label, text in stored(form)]


def typed_below(inlines) -> list[tuple[str, str]]:
    """The stock page does not show a row that was removed after the form was opened."""
    forms = [form for inline in inlines for form in inline.formset.initial_forms if form.is_bound]
    typed = [(bound.label, bound.value()) for form in forms if not form.instance.pk for bound in form.visible_fields()]
    return [(label, value) for label, value in typed if value]


class ActionAdmin(SimpleHistoryAdmin):
    """Subclasses say in `save_row` which action writes their rows."""

    form = RefusableForm
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    save_on_top = False
    fixed_after_creation: tuple[str, ...] = ()

    def save_row(self, request, row, form, change) -> None:
        raise NotImplementedError

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        elif isinstance(db_field, JSONField):
            kwargs["widget"] = Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change) -> None:
        """A form that carries a version counts it also where only what hangs on the row changed."""
        if change and not form.changed_data:
            if "version" in form.fields:
                form.keep_turn()
            return
        self.save_row(request, obj, form, change)

    def save_formset(self, request, form, formset, change) -> None:
        formset.save(commit=False)
        for row in formset.deleted_objects:
            formset.inline.remove_row(row, by=request.user)
        touched = {id(row) for row in [*formset.new_objects, *(row for row, _ in formset.changed_objects)]}
        for each in formset.forms:
            if id(each.instance) in touched:
                self._save_inline(formset.inline, each, request.user)

    def _save_inline(self, inline, form, by) -> None:
        try:
            inline.save_row(form.instance, by=by)
        except Refused as refused:
            refused.prefix = form.prefix  # type: ignore[attr-defined]
            raise

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A refusal rolls everything back; the second round shows the form again with the sentence at its field."""
        for _round in range(2):
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except REFUSALS as error:
                request.refusal = refusal_of(error)
        messages.error(request, request.refusal.sentence)
        return HttpResponseRedirect(request.get_full_path())

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """After a conflict: what is stored in the rows below that were typed otherwise, and what was typed into
        rows that are gone."""
        context["typed_below"] = typed_below(context["inline_admin_formsets"])
        if refusal := getattr(request, "refusal", None):
            context["stored_below"] = stored_below(context["inline_admin_formsets"]) if refusal.is_conflict else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_readonly_fields(self, request, obj=None):
        if getattr(request, "is_reading_history", False):
            return {*flatten_fieldsets(self.fieldsets), *(field.name for field in self.model._meta.concrete_fields)}
        return (*super().get_readonly_fields(request, obj), *(self.fixed_after_creation if obj else ()))

    def get_fieldsets(self, request, obj=None):
        """The hidden version stands only where something can be saved."""
        sets = super().get_fieldsets(request, obj)
        is_saved_here = obj and self.has_change_permission(request, obj)
        return sets if is_saved_here and not getattr(request, "is_reading_history", False) else without(sets, "version")

    # Deleting: one row at a time, never what was published.
    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_delete_permission(self, request, obj=None) -> bool:
        return super().has_delete_permission(request, obj) and not getattr(obj, "published_at", None)

    def delete_model(self, request, obj) -> None:
        remove(obj, by=request.user)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            with writing():
                return super().delete_view(request, object_id, extra_context)
        except REFUSALS as error:
            messages.error(request, refusal_of(error).sentence)
            return HttpResponseRedirect("../change/")

    # History is read; a return to an older wording is a new edit.
    def revert_disabled(self, request, obj=None) -> bool:
        return True

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method != "GET":
            raise PermissionDenied
        request.is_reading_history = True
        return super().history_form_view(request, object_id, version_id, extra_context)


class ReadOnly:
    """Rows that the software writes: nobody adds, changes or deletes one here."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class ActionInline(admin.TabularInline):
    """Rows that hang on the page's own row, written by actions like everything else."""

    form = RefusableForm
    extra = 1

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.inline = self
        formset.form.refusal = getattr(request, "refusal", None)
        return formset

    def save_row(self, row, *, by) -> None:
        save_part(row, by=by)

    def remove_row(self, row, *, by) -> None:
        remove_part(row, by=by)


class AppendInline(ActionInline):
    """New rows only; what stands is read here and changed on its own page."""

    def has_change_permission(self, request, obj=None) -> bool:
        return False


__all__ = [
    "ActionAdmin",
    "ActionInline",
    "AppendInline",
    "FixedOnceSavedForm",
    "ReadOnly",
    "RefusableForm",
    "held",
    "without",
]
