"""Pieces of a page that are drawn once."""

from collections.abc import Sequence

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST = 256


class OnceNode(Node):
    """Keeps what it drew, for each language and each set of values."""

    def __init__(self, nodelist: NodeList, values: Sequence[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self.drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        key = (get_language(), *(value.resolve(context) for value in self.values))
        known = self.drawn.get(key)
        if known is not None and not settings.DEBUG:
            return known
        drawn = self.nodelist.render(context)
        if len(self.drawn) >= MOST:
            self.drawn.clear()
        self.drawn[key] = drawn
        return drawn


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """{% once a b %}…{% endonce %}: drawn once in each language for each `a` and `b`.

    For pieces that depend on nothing else: words, icons, addresses. Nothing of a
    person, of a request or of the database may stand inside.
    """
    _name, *values = token.split_contents()
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(nodelist, [parser.compile_filter(value) for value in values])
