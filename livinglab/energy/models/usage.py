"""What meters said: meters, days of intervals, uploads, readings, bills."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.energy.models.premises import Premises
from livinglab.kernel.models import Leased, LeaseQuerySet, Timestamped
from livinglab.people.models import Person


class Meter(models.Model):
    """One stream of one commodity in one direction at one home."""

    class Commodity(models.TextChoices):
        ELECTRICITY = "electricity", _("Electricity")
        GAS = "gas", _("Gas")
        WATER = "water", _("Water")
        HEAT = "heat", _("Heat")

    class Flow(models.TextChoices):
        IMPORT = "import", _("used")
        EXPORT = "export", _("fed in")

    premises = models.ForeignKey(
        Premises,
        models.CASCADE,
        related_name="meters",
        verbose_name=_("home or facility"),
    )
    commodity = models.CharField(
        _("commodity"), max_length=12, choices=Commodity, default=Commodity.ELECTRICITY
    )
    flow = models.CharField(_("flow"), max_length=8, choices=Flow, default=Flow.IMPORT)
    unit = models.CharField(_("unit"), max_length=8, default="Wh")
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Seoul")
    digits = models.PositiveSmallIntegerField(_("digits of the register"), default=5)
    longest_s = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("meter")
        verbose_name_plural = _("meters")
        constraints = [
            models.UniqueConstraint(
                fields=["premises", "commodity", "flow"], name="one_meter_a_stream"
            )
        ]

    def __str__(self) -> str:
        return f"{self.premises} · {self.get_commodity_display()}"


class UsageDay(models.Model):
    """Every interval that starts on one local day, packed without loss.

    A row a day rather than a row a reading: a city's 15-minute data stay
    thinkable. `usage_blocks` packs and merges.
    """

    meter = models.ForeignKey(
        Meter, models.CASCADE, related_name="days", verbose_name=_("meter")
    )
    day = models.DateField(_("day"))
    blob = models.BinaryField()

    class Meta:
        verbose_name = _("day of readings")
        verbose_name_plural = _("days of readings")
        constraints = [
            models.UniqueConstraint(fields=["meter", "day"], name="one_row_a_meter_day")
        ]

    def __str__(self) -> str:
        return f"{self.meter_id} {self.day}"


class DailyUse(models.Model):
    """A year of daily totals of one meter: int32[366] Wh, -1 is missing.

    Derived from `UsageDay` in the same transaction; may be dropped and rebuilt.
    """

    meter = models.ForeignKey(
        Meter, models.CASCADE, related_name="years", verbose_name=_("meter")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    wh = models.BinaryField()

    class Meta:
        verbose_name = _("year of daily totals")
        verbose_name_plural = _("years of daily totals")
        constraints = [
            models.UniqueConstraint(
                fields=["meter", "year"], name="one_row_a_meter_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meter_id} {self.year}"


class DeviceQuerySet(models.QuerySet["Device"]):
    def visible_to(self, person: Person | None) -> "DeviceQuerySet":
        """Devices of the homes this person belongs to."""
        if person is None:
            return self.none()
        return self.filter(meter__premises__memberships__person=person).distinct()

    def working(self) -> "DeviceQuerySet":
        """Those whose token was not taken away."""
        return self.filter(revoked_at=None)


class Device(models.Model):
    """Something that sends readings by itself, with a token of its own."""

    meter = models.ForeignKey(
        Meter, models.CASCADE, related_name="devices", verbose_name=_("meter")
    )
    name = models.CharField(_("name"), max_length=40)
    token_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("last seen"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")

    def __str__(self) -> str:
        return self.name


class UploadQuerySet(LeaseQuerySet):
    def visible_to(self, person: Person | None) -> "UploadQuerySet":
        """Uploads to the homes this person belongs to."""
        if person is None:
            return self.none()
        return self.filter(premises__memberships__person=person).distinct()

    def due(self) -> "UploadQuerySet":
        """Received and not yet read to the end."""
        states = [Upload.State.RECEIVED, Upload.State.READING]
        waits = Q(by__in=Person.objects.leaving())
        return self.filter(state__in=states).exclude(waits)


class Upload(Leased, Timestamped):
    """A file and its fate. A received one is work that is due."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("waiting for your yes")
        RECEIVED = "received", _("received")
        READING = "reading", _("being read")
        IMPORTED = "imported", _("imported")
        REFUSED = "refused", _("refused")

    premises = models.ForeignKey(
        Premises,
        models.CASCADE,
        related_name="uploads",
        verbose_name=_("home or facility"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    file = models.FileField(upload_to="uploads/%Y/%m/", blank=True)
    name = models.CharField(_("file name"), max_length=120)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    answers = models.JSONField(_("answers to the reader's questions"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.PREVIEW, db_index=True
    )
    format = models.CharField(_("format"), max_length=24, blank=True)
    rows_read = models.PositiveIntegerField(_("rows read"), default=0)
    rows_new = models.PositiveIntegerField(_("new"), default=0)
    rows_same = models.PositiveIntegerField(_("already there"), default=0)
    rows_refused = models.PositiveIntegerField(_("refused"), default=0)
    first = models.DateTimeField(_("from"), null=True, blank=True)
    last = models.DateTimeField(_("to"), null=True, blank=True)
    kwh = models.DecimalField(
        _("kWh"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    understood = models.JSONField(_("what was understood"), default=dict)
    messages = models.JSONField(_("messages"), default=list)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class RegisterReadingQuerySet(models.QuerySet["RegisterReading"]):
    def visible_to(self, person: Person | None) -> "RegisterReadingQuerySet":
        """Readings of the homes this person belongs to."""
        if person is None:
            return self.none()
        return self.filter(meter__premises__memberships__person=person).distinct()


class RegisterReading(Timestamped):
    """A register value read off the meter by a person."""

    meter = models.ForeignKey(
        Meter, models.CASCADE, related_name="readings", verbose_name=_("meter")
    )
    read_at = models.DateTimeField(_("read at"))
    kwh = models.DecimalField(_("register in kWh"), max_digits=10, decimal_places=1)
    starts_new_meter = models.BooleanField(_("first of a new meter"), default=False)
    old_meter_final_kwh = models.DecimalField(
        _("last value of the old meter"),
        max_digits=10,
        decimal_places=1,
        null=True,
        blank=True,
    )
    new_meter_first_kwh = models.DecimalField(
        _("first value of the new meter"),
        max_digits=10,
        decimal_places=1,
        null=True,
        blank=True,
    )
    rolled_over = models.BooleanField(
        _("the register started again at 0"), default=False
    )
    quality = models.PositiveSmallIntegerField(_("quality"), default=7)
    photo = models.ImageField(upload_to="readings/%Y/%m/", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = RegisterReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meter reading")
        verbose_name_plural = _("meter readings")
        ordering = ["read_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meter", "read_at"], name="one_reading_a_moment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.read_at:%Y-%m-%d} {self.kwh}"


class RegisterReadingChange(models.Model):
    """The value a reading had before, who changed it and when."""

    reading = models.ForeignKey(
        RegisterReading,
        models.CASCADE,
        related_name="changes",
        verbose_name=_("meter reading"),
    )
    old = models.JSONField(_("what it said before"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("change of a meter reading")
        verbose_name_plural = _("changes of meter readings")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.at:%Y-%m-%d}"


class BillQuerySet(models.QuerySet["Bill"]):
    def visible_to(self, person: Person | None) -> "BillQuerySet":
        """Bills of the homes this person belongs to."""
        if person is None:
            return self.none()
        return self.filter(premises__memberships__person=person).distinct()

    def overlapping(self, start: date, end: date) -> "BillQuerySet":
        """Bills with a day in [start, end)."""
        return self.filter(start__lt=end, end__gt=start)


class Bill(Timestamped):
    """A paper bill typed in: days [start, end), kWh, and what was asked for it."""

    premises = models.ForeignKey(
        Premises,
        models.CASCADE,
        related_name="bills",
        verbose_name=_("home or facility"),
    )
    start = models.DateField(_("from"))
    end = models.DateField(_("to, not included"))
    kwh = models.DecimalField(_("kWh"), max_digits=10, decimal_places=1)
    amount_won = models.IntegerField(_("amount in won"), null=True, blank=True)
    tariff_kind = models.CharField(_("tariff"), max_length=32)
    computed_won = models.IntegerField(_("recomputed"), null=True, blank=True)
    register_before = models.DecimalField(
        _("register before"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    register_now = models.DecimalField(
        _("register now"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    is_estimate = models.BooleanField(_("estimated reading"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = BillQuerySet.as_manager()

    class Meta:
        verbose_name = _("bill")
        verbose_name_plural = _("bills")
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(
                name="bill_has_days", condition=Q(end__gt=F("start"))
            ),
            models.CheckConstraint(
                name="bill_kwh_not_negative", condition=Q(kwh__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start} – {self.end}"


class BillChange(models.Model):
    """What a typed bill said before it was corrected or taken back, who and when."""

    premises = models.ForeignKey(
        Premises,
        models.CASCADE,
        related_name="bill_changes",
        verbose_name=_("home or facility"),
    )
    bill = models.ForeignKey(
        Bill,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("bill"),
    )
    old = models.JSONField(_("what it said before"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("change of a bill")
        verbose_name_plural = _("changes of bills")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.bill_id} {self.at:%Y-%m-%d}"
