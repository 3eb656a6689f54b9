"""Weather stations and their days."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Station(models.Model):
    number = models.PositiveIntegerField(_("KMA number"), unique=True)
    name_ko = models.CharField(_("Korean name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    lon = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))

    class Meta:
        verbose_name = _("weather station")
        verbose_name_plural = _("weather stations")

    def __str__(self) -> str:
        return self.name_ko
