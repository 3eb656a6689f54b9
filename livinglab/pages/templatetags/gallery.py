"""One example on the living page of components."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def example(content: str, state: str) -> SafeString:
    """A component in one state, under the name of the state."""
    return format_html(
        '<div class="ll-stack ll-stack--tight"><h3 class="ll-soft ll-small">{}</h3>'
        "<div>{}</div></div>",
        state,
        content,
    )
