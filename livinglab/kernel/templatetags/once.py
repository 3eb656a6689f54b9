"""Pieces of a page that are drawn once, and addresses that are looked up once."""

from collections.abc import Sequence

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import get_script_prefix
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


class AddressNode(URLNode):
    """`{% url "app:page" %}` without values: the same address at every look."""

    def __init__(self, node: URLNode) -> None:
        super().__init__(node.view_name, node.args, node.kwargs, node.asvar)
        self.known: dict[tuple[object, ...], str] = {}

    def render(self, context: template.Context) -> str:
        key = (get_script_prefix(), context.autoescape)
        address = self.known.get(key)
        if address is None:
            written = super().render(context)
            address = written if self.asvar is None else context[self.asvar]
            self.known[key] = address
        if self.asvar is None:
            return address
        context[self.asvar] = address
        return ""


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """As Django's tag of this name."""
    node = django_url(parser, token)
    is_written = isinstance(node.view_name.var, str) and not node.view_name.filters
    return node if node.args or node.kwargs or not is_written else AddressNode(node)
