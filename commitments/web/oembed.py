"""oEmbed: the address of a commitment -> the HTML of its card, for sites that ask for it (https://oembed.com)."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from commitments import answers
from commitments.catalogue import parameters
from commitments.catalogue.detail import Gone, find
from commitments.catalogue.fields import AllowedField
from commitments.catalogue.renamed import slug_today
from commitments.catalogue.site import facts
from commitments.catalogue.visit import Visit
from commitments.web.caching import public_page
from commitments.web.embeds import WIDTH, frame, height_of


class Asked(forms.Form):
    url = forms.CharField(max_length=2000)
    format = AllowedField(required=False, choices=[("json", "JSON")])
    maxwidth = forms.IntegerField(required=False, min_value=240)
    maxheight = forms.IntegerField(required=False, min_value=120)


@require_safe
@public_page
def oembed(request: HttpRequest) -> HttpResponse:
    form = Asked(request.GET)
    form.is_valid()
    if errors := parameters.refusals(request.GET, tuple(form.fields), (), form):
        return answers.refused(errors)
    try:
        given = urlsplit(form.cleaned_data["url"])
    except ValueError as error:
        raise Http404 from error
    if given.netloc != request.get_host():
        raise Http404
    first = given.path.split("/", 2)[1:2]
    prefixed = [code for code, _name in settings.LANGUAGES[1:]]
    with override(first[0] if first and first[0] in prefixed else settings.LANGUAGE_CODE):
        return _card(request, given.path, given.query, form.cleaned_data)


def _card(request: HttpRequest, path: str, query: str, wanted: dict[str, int | None]) -> HttpResponse:
    visit = Visit(QueryDict(query))
    try:
        here = resolve(path)
        if here.view_name not in ("web:commitment-detail", "web:embed") or not visit.is_valid:
            raise Http404
        document, code = here.kwargs["document"], here.kwargs["code"]
        row = find(slug_today(document) or document, code, visit.clock)
    except (Resolver404, Gone) as error:
        raise Http404 from error
    if row is None:
        raise Http404
    site = facts().name
    size = {
        "width": min(WIDTH, wanted["maxwidth"] or WIDTH),
        "height": min(height_of(row), wanted["maxheight"] or height_of(row)),
    }
    found = {
        **{"version": "1.0", "type": "rich", "cache_age": answers.SECONDS, **size},
        **{"title": f"{row.code} {row.words('title')}", "provider_name": site},
        "provider_url": request.build_absolute_uri(reverse("web:overview")),
        "html": frame(request, row, visit.clock, site, **size),
    }
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False})
