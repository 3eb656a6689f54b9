"""The goals app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    name = "livinglab.goals"
    verbose_name = _("Goals")
