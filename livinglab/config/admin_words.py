"""Words of the admin site's packages that come without Korean, or with a stiff one.

Listed here so that they stay in our catalogue, which is asked first.
"""

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop(" By %(filter_title)s "),
    gettext_noop("Choose file to upload"),
    gettext_noop("Click to download"),
    gettext_noop("Dark"),
    gettext_noop("Expand row"),
    gettext_noop("False"),
    gettext_noop("Go back"),
    gettext_noop("Light"),
    gettext_noop("More actions"),
    gettext_noop("Next"),
    gettext_noop("No results found"),
    gettext_noop("Previous"),
    gettext_noop("Reset filters"),
    gettext_noop("Run"),
    gettext_noop("Save and add another"),
    gettext_noop("Save and continue editing"),
    gettext_noop("Select action"),
    gettext_noop("Select action to run"),
    gettext_noop("Select all rows"),
    gettext_noop("Select record"),
    gettext_noop("Select value"),
    gettext_noop("System"),
    gettext_noop(
        "This page yielded into no results. Create a new item or reset your filters."
    ),
    gettext_noop("True"),
    gettext_noop("Type to search"),
)
