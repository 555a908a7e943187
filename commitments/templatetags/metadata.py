"""Template tags for the head of a page: keep what a block says, canonical and alternates, JSON-LD."""

import html
import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from commitments.web import metadata

register = template.Library()
# A script element ends at </script>, whatever stands around it: nothing that could open or close a tag stays.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


class Kept(template.Node):
    """Writes what is inside, and leaves its plain text in the context for the tags that follow."""

    def __init__(self, nodelist: NodeList, name: FilterExpression, is_silent: bool) -> None:
        self.nodelist, self.name, self.is_silent = nodelist, name, is_silent

    def render(self, context: template.Context) -> SafeString:
        written = self.nodelist.render(context)
        context[self.name.resolve(context)] = metadata.shortened(html.unescape(strip_tags(written)))
        return SafeString("") if self.is_silent else written


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """{% kept "page_title" %}…{% endkept %}; with `silently` it writes nothing."""
    _tag, name, *rest = token.split_contents()
    nodelist = parser.parse(["endkept"])
    parser.delete_first_token()
    return Kept(nodelist, parser.compile_filter(name), rest == ["silently"])


@register.simple_tag(takes_context=True)
def page_meta(context: Mapping[str, Any]) -> metadata.Meta | None:
    request = context.get("request")
    return metadata.meta(request, context) if request else None


@register.simple_tag(takes_context=True)
def breadcrumbs_jsonld(context: Mapping[str, Any], title: str, site_name: str) -> str:
    request = context.get("request")
    found = request and metadata.breadcrumbs(request, title.removesuffix(f" · {site_name}") or site_name)
    return jsonld(found) if found else ""


@register.simple_tag(takes_context=True)
def dataset_jsonld(context: Mapping[str, Any]) -> str:
    return jsonld(metadata.dataset(context["request"]))


def jsonld(data: dict[str, Any]) -> SafeString:
    """Data for machines; a browser does not run it, so script-src has no say in it."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
