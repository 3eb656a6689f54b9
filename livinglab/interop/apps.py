"""The interop app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InteropConfig(AppConfig):
    name = "livinglab.interop"
    label = "interop"
    verbose_name = _("Other software")
