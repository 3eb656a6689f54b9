"""Weather stations, their days, days to fetch, changes not yet announced."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.models import Leased, LeaseQuerySet

FRESH_FOR = timedelta(days=3)


class StationQuerySet(models.QuerySet["Station"]):
    def without_fresh_days(self, today: date) -> "StationQuerySet":
        """Stations of our cities whose newest real day is older than three days."""
        return self.filter(kind=Station.Kind.ASOS).filter(
            Q(newest_day=None) | Q(newest_day__lt=today - FRESH_FOR)
        )


class Station(models.Model):
    class Kind(models.TextChoices):
        ASOS = "asos", _("synoptic station of KMA")
        SAMPLE = "sample", _("came with a sample data set")

    number = models.PositiveIntegerField(_("KMA number"), unique=True)
    name_ko = models.CharField(_("Korean name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.ASOS)
    lon = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))
    elevation_m = models.FloatField(_("height in m"), null=True, blank=True)
    newest_day = models.DateField(
        _("newest measured day"), null=True, blank=True, editable=False
    )
    fetched_at = models.DateTimeField(
        _("last heard from"), null=True, blank=True, editable=False
    )

    objects = StationQuerySet.as_manager()

    class Meta:
        verbose_name = _("weather station")
        verbose_name_plural = _("weather stations")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        english = (get_language() or "ko").startswith("en")
        return self.name_en if english and self.name_en else self.name_ko


class DailyWeather(models.Model):
    """One day of one station in °C. An empty value was not measured: never zero."""

    class Source(models.TextChoices):
        KMA = "kma", _("measured by KMA")
        SAMPLE = "sample", _("came with a sample data set")
        REANALYSIS = "reanalysis", _("reanalysis, not station data")
        GENERATED = "generated", _("generated for the demonstration")

    class Quality(models.TextChoices):
        GOOD = "good", _("complete and plausible")
        PARTIAL = "partial", _("something was not measured")
        DOUBTFUL = "doubtful", _("lowest, mean and highest contradict each other")

    station = models.ForeignKey(
        Station, models.CASCADE, related_name="days", verbose_name=_("station")
    )
    day = models.DateField(_("day"))
    tmean = models.FloatField(_("mean °C"), null=True, blank=True)
    tmin = models.FloatField(_("lowest °C"), null=True, blank=True)
    tmax = models.FloatField(_("highest °C"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    quality = models.CharField(_("quality"), max_length=8, choices=Quality)
    fetched_at = models.DateTimeField(_("received at"), default=timezone.now)

    class Meta:
        verbose_name = _("day of weather")
        verbose_name_plural = _("days of weather")
        ordering = ["station", "-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "day"], name="one_weather_a_station_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.day}"


class WeatherChange(models.Model):
    """Days that changed and were not yet announced to every listener.

    Written with the change itself, so a death between commit and announcement
    loses nothing; a sweep announces what is left.
    """

    station = models.ForeignKey(
        Station,
        models.CASCADE,
        related_name="changes",
        verbose_name=_("weather station"),
    )
    days = models.JSONField(_("days"))
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("weather change to announce")
        verbose_name_plural = _("weather changes to announce")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.station_id} {self.changed_at:%Y-%m-%d %H:%M}"


class WeatherFetchQuerySet(LeaseQuerySet):
    def due(self) -> "WeatherFetchQuerySet":
        """Waiting rows whose time has come, oldest first."""
        return self.filter(
            state=WeatherFetch.State.WAITING, due_at__lte=timezone.now()
        ).order_by("due_at", "pk")


class WeatherFetch(Leased):
    """Days of a station that must be asked of KMA. The row is the work."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        NEEDS_PERSON = "needs_person", _("needs a person")

    station = models.ForeignKey(
        Station, models.CASCADE, related_name="fetches", verbose_name=_("station")
    )
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.WAITING
    )
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    message = models.CharField(_("what happened last"), max_length=200, blank=True)

    objects = WeatherFetchQuerySet.as_manager()

    class Meta:
        verbose_name = _("weather to fetch")
        verbose_name_plural = _("weather to fetch")
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "first", "last"],
                name="one_fetch_a_station_and_range",
            ),
            models.CheckConstraint(
                name="weather_fetch_has_days", condition=Q(last__gte=F("first"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.first} – {self.last}"
