"""City, District (gu, gun) and Neighbourhood (haengjeong-dong, eup, myeon)."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Named(models.Model):
    """A place with its Korean name and, where known, its English one."""

    name_ko = models.CharField(_("Korean name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        english = (get_language() or "ko").startswith("en")
        return self.name_en if english and self.name_en else self.name_ko


class City(Named):
    class Boundaries(models.TextChoices):
        CELLS = "cells", _("approximation by nearest centre")
        OFFICIAL = "official", _("official boundaries")

    code = models.SlugField(_("code"), max_length=20, unique=True)
    region_ko = models.CharField(
        _("Korean name of the province"), max_length=40, blank=True
    )
    region_en = models.CharField(
        _("English name of the province"), max_length=60, blank=True
    )
    code_prefixes = models.JSONField(
        _("what official codes of its neighbourhoods begin with"), default=list
    )
    default_station = models.PositiveIntegerField(_("KMA number of its station"))
    outline = models.JSONField(_("coarse outline, longitude and latitude"))
    boundaries = models.CharField(
        _("boundaries"),
        max_length=10,
        choices=Boundaries,
        default=Boundaries.CELLS,
        editable=False,
    )
    boundary_version = models.CharField(
        _("boundary version"), max_length=60, editable=False
    )

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["pk"]

    @property
    def is_approximate(self) -> bool:
        """True until official boundaries are loaded."""
        return self.boundaries == self.Boundaries.CELLS


class District(Named):
    """A gu or gun; a city without them has none."""

    code = models.CharField(_("code"), max_length=5, unique=True)
    city = models.ForeignKey(
        City, models.PROTECT, related_name="districts", verbose_name=_("city")
    )

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["code"]


class NeighbourhoodQuerySet(models.QuerySet["Neighbourhood"]):
    def of_city(self, city: City) -> "NeighbourhoodQuerySet":
        """The city's neighbourhoods."""
        return self.filter(city=city)

    def without_shapes(self) -> "NeighbourhoodQuerySet":
        """For lists: a shape weighs kilobytes and is rarely wanted."""
        return self.select_related("city", "district").defer("polygon", "city__outline")

    def named_like(self, words: str) -> "NeighbourhoodQuerySet":
        """Names, district names or codes that contain the words.

        People type 신천1.2동, 신천1,2동 or 신천1·2동 and mean the same place.
        """
        wanted = words.strip().replace(".", "·").replace(",", "·")
        return self.filter(
            Q(name_ko__icontains=wanted)
            | Q(name_en__icontains=words.strip())
            | Q(district__name_ko__icontains=wanted)
            | Q(code__startswith=words.strip())
        )


class Neighbourhood(Named):
    polygon = models.TextField(_("official boundary as GeoJSON"), blank=True)

    code = models.CharField(_("administrative code"), max_length=10, unique=True)
    code_is_provisional = models.BooleanField(
        _("code is provisional"),
        default=False,
        help_text=_("No official code was known; ours stands in until one is loaded."),
    )
    kostat_code = models.CharField(_("statistics code"), max_length=8, blank=True)
    city = models.ForeignKey(
        City, models.PROTECT, related_name="neighbourhoods", verbose_name=_("city")
    )
    district = models.ForeignKey(
        District,
        models.PROTECT,
        related_name="neighbourhoods",
        null=True,
        blank=True,
        verbose_name=_("district"),
    )
    centre_lon = models.FloatField(_("longitude of the centre"))
    centre_lat = models.FloatField(_("latitude of the centre"))
    centre_is_estimate = models.BooleanField(_("centre is an estimate"), default=False)
    station_number = models.PositiveIntegerField(_("KMA number of its station"))
    since = models.DateField(_("exists since"), null=True, blank=True)
    boundary_version = models.CharField(
        _("boundary version"), max_length=60, blank=True, editable=False
    )
    predecessors: "models.ManyToManyField[Neighbourhood, Any]" = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="successors",
        verbose_name=_("split from"),
    )

    objects = NeighbourhoodQuerySet.as_manager()

    class Meta:
        verbose_name = _("neighbourhood")
        verbose_name_plural = _("neighbourhoods")
        ordering = ["code"]
        indexes = [models.Index(fields=["city", "code"])]
        constraints = [
            models.CheckConstraint(
                name="neighbourhood_centre_is_in_korea",
                condition=Q(centre_lon__range=(124, 132), centre_lat__range=(33, 39)),
            )
        ]

    @property
    def has_polygon(self) -> bool:
        """Whether an official boundary is loaded; asks without reading the shape."""
        return bool(self.boundary_version)
