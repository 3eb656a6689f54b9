"""The pages a phone has before it is offline, and public ones it may keep."""

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.shell import public_pages, shell_pages, shortcut

shell_pages("/offline/", "/outbox/", "/share/")
public_pages(r"/", r"/about/")
shortcut("energy", _("Energy"), url="/energy/", icon="zap", order=30)
