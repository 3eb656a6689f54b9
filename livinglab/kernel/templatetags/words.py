"""The words of islands, for pages that hold an island which speaks."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from livinglab.kernel.words import release_of_words

register = template.Library()


@register.simple_tag
def words_for_scripts() -> SafeString:
    """Stands in `{% block head %}`, so that it runs before the module of the page."""
    language = get_language() or "ko"
    address = reverse("words-for-scripts", args=[language, release_of_words(language)])
    return format_html('<script src="{}" defer></script>', address)
