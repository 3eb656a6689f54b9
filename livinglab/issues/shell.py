"""What reporting offers the installed app: the form without a network, photos shared."""

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.shell import public_pages, shell_pages, shortcut

REPORT = "/report/"

shell_pages(REPORT)
public_pages(r"/issues/", r"/issues/map/", r"/issues/\d+/")
shortcut("report", _("Report a problem"), url=REPORT, icon="camera", order=10)
