"""What a helper may do with somebody's notices."""

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.acting import Area, area

area(
    Area(
        name="notices",
        label=_("Reading notices"),
        says=_("Reads what you are told and marks it as read."),
        rules={
            "notifications.read_notice": _("opened a notice"),
            "notifications.read_all": _("marked all notices as read"),
        },
        pages=frozenset(
            {
                "notifications:inbox",
                "notifications:open",
                "notifications:mark-all-read",
                "notifications:badge",
            }
        ),
        start="notifications:inbox",
    )
)
