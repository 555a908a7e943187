"""A part of a page that is written once for each state of the register, language and argument, and kept."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString

from commitments.catalogue.kept import Shelf
from commitments.catalogue.version import is_seen
from commitments.languages import active

register = template.Library()
# One for each name, so that what differs from page to page does not push out what all pages share.
SHELVES: dict[str, Shelf[SafeString]] = {}


class Once(template.Node):
    """Only while a page is made under a version (web/caching.py); elsewhere it is written each time."""

    def __init__(self, nodelist: NodeList, name: str, arguments: list[FilterExpression]) -> None:
        self.nodelist, self.name, self.arguments = nodelist, name, arguments

    def render(self, context: template.Context) -> SafeString:
        if not is_seen():
            return self.nodelist.render(context)
        key = (active(), *(str(argument.resolve(context)) for argument in self.arguments))
        return SHELVES[self.name].get(key, lambda: self.nodelist.render(context))


@register.tag
def once(parser: Parser, token: Token) -> Once:
    """{% once "name" argument … %}…{% endonce %}: the arguments are all that it depends on beside the register."""
    _tag, name, *arguments = token.split_contents()
    nodelist = parser.parse(["endonce"])
    parser.delete_first_token()
    SHELVES.setdefault(name, Shelf())
    return Once(nodelist, name, [parser.compile_filter(argument) for argument in arguments])
