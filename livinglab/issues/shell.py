"""What reporting offers the installed app: the form without a network, photos shared."""

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.shell import shell_pages, shortcut

REPORT = "/report/"

shell_pages(REPORT)
shortcut("report", _("Report a problem"), url=REPORT, icon="camera", order=10)
