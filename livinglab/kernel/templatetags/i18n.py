"""Django's own `{% load i18n %}`, where a sentence without values is looked up once.

Most of a page's words stand in its templates and are the same at every look. Django
asks the catalogue each time and wraps the answer in lazy strings on the way, which was
a tenth of what a page cost; here a node keeps its sentence for each language.
"""

from django import template
from django.conf import settings
from django.template import Context
from django.template.base import FilterExpression, Parser, Token
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class SentenceNode(i18n.TranslateNode):
    """`{% translate "…" %}` whose sentence and context stand in the template."""

    def __init__(self, node: i18n.TranslateNode) -> None:
        super().__init__(
            node.filter_expression, node.noop, node.asvar, node.message_context
        )
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        said = self.said.get(language)
        if said is None or settings.DEBUG:
            said = self.said[language] = self._look_up(context)
        if self.asvar is None:
            return said
        context[self.asvar] = said
        return ""

    def _look_up(self, context: Context) -> str:
        written = super().render(context)
        return written if self.asvar is None else context[self.asvar]


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> i18n.TranslateNode:
    """As Django's tag of this name."""
    node = i18n.do_translate(parser, token)
    written = (node.filter_expression, node.message_context)
    return SentenceNode(node) if all(map(_is_written, written)) else node


def _is_written(expression: FilterExpression | None) -> bool:
    """Whether it stands in the template, without a value or a filter."""
    if expression is None:
        return True
    literal = getattr(expression.var, "literal", expression.var)
    return literal is not None and not expression.filters
