"""What of the pages themselves can be found."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from livinglab.kernel.search import Hit, searched
from livinglab.kernel.spelling import Words

PAGES = [
    (
        _("About the living lab"),
        "pages:about",
        "info",
        pgettext_lazy("words to find it by", "programme budget partners privacy data"),
    ),
    (
        _("For developers"),
        "docs",
        "file-text",
        pgettext_lazy("words to find it by", "api open data documentation"),
    ),
    (
        _("Sign in"),
        "account_login",
        "log-in",
        pgettext_lazy("words to find it by", "login account code passkey"),
    ),
]


@searched("pages", _("Pages"), order=50)
def pages(words: Words, person: Any) -> list[Hit]:
    """Pages everybody may open."""
    found = ((page, words.fit(str(page[0]), str(page[3]))) for page in PAGES)
    return [
        Hit(str(title), reverse(url), "", icon, fit)
        for (title, url, icon, _others), fit in found
        if fit is not None
    ]
