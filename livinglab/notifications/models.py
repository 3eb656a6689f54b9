"""Notice, Delivery, and what people chose about being told."""

import uuid
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.models import Leased, LeaseQuerySet, Timestamped
from livinglab.notifications.kinds import Channel, kinds
from livinglab.people.devices import device_words
from livinglab.people.models import Person


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, person: Person | None) -> "NoticeQuerySet":
        """One's own inbox: what was not withdrawn, of kinds that still exist."""
        if person is None:
            return self.none()
        names = [kind.name for kind in kinds()]
        return self.filter(person=person, withdrawn_at=None, kind__in=names)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


class Notice(models.Model):
    """What one person is told about one event: a line of their inbox."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices"
    )
    kind = models.CharField(_("kind"), max_length=48)
    event = models.CharField(
        _("event"), max_length=120, help_text=_("one notice a person, kind and event")
    )
    about = models.CharField(
        _("about"), max_length=120, blank=True, help_text=_("for example premises:17")
    )
    facts = models.JSONField(_("facts"), default=dict)
    url = models.CharField(_("leads to"), max_length=240)
    told_by = models.UUIDField(editable=False, help_text=_("the call that made it"))
    created_at = models.DateTimeField(_("told at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "event"], name="one_notice_an_event"
            )
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"]),
            models.Index(fields=["about"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def is_unread(self) -> bool:
        return self.read_at is None


class DeliveryQuerySet(LeaseQuerySet):
    def due(self, now: datetime) -> "DeliveryQuerySet":
        """Waiting, and their time has come; nothing is sent to who is leaving."""
        due = self.filter(state=Delivery.State.DUE, next_try_at__lte=now)
        return due.exclude(person__in=Person.objects.leaving())

    def handed_over(self) -> "DeliveryQuerySet":
        """Those that reached, or may have reached, the person."""
        state = Delivery.State
        return self.filter(state__in=[state.SENDING, state.SENT, state.UNKNOWN])


class Delivery(Leased):
    """A notice on its way through one channel.

    Whoever turns `due` into `sending` in one compare-and-set hands the message over,
    nobody else ever does. A process that dies between that and noting the answer
    leaves `sending` behind; it becomes `unknown`, because the message may have gone
    out and must not go out twice. The notice stands in the inbox in any case.
    """

    class State(models.TextChoices):
        DUE = "due", _("waiting")
        SENDING = "sending", _("being handed over")
        SENT = "sent", _("sent")
        SKIPPED = "skipped", _("not sent, on purpose")
        FAILED = "failed", _("could not be sent")
        UNKNOWN = "unknown", _("may have been sent")

    class Reason(models.TextChoices):
        NONE = "", "–"
        QUIET_HOURS = "quiet_hours", _("waits for the end of the quiet hours")
        COLLECTED = "collected", _("waits for the collected letter")
        UNREACHABLE = "unreachable", _("the provider cannot be reached, tried again")
        SWITCHED_OFF = "switched_off", _("the person switched it off")
        WEEKLY_CAP = "weekly_cap", _("enough messages this week")
        NOT_TRUE_ANY_MORE = "not_true", _("what it is about has gone")
        WITHDRAWN = "withdrawn", _("withdrawn")
        PERSON_GONE = "person_gone", _("the account is closed")
        KIND_GONE = "kind_gone", _("nobody sends this kind any more")
        NO_ADDRESS = "no_address", _("no address on this channel")
        REFUSED = "refused", _("the provider refused it")
        GAVE_UP = "gave_up", _("tried often enough")
        INTERRUPTED = "interrupted", _("interrupted while it was handed over")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DUE)
    reason = models.CharField(
        _("why"), max_length=16, choices=Reason, blank=True, default=Reason.NONE
    )
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    handed_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    is_collected = models.BooleanField(_("in a collected letter"), default=False)
    is_urgent = models.BooleanField(_("safety"), default=False)
    # The idempotency key a provider gets: the same in every try.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Deliveries that left in one message share it.
    parcel = models.UUIDField(null=True, blank=True, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel"], name="one_delivery_a_notice_and_channel"
            ),
            models.CheckConstraint(
                name="delivery_sent_has_a_time",
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"]),
            models.Index(fields=["person", "channel", "handed_at"]),
            models.Index(fields=["parcel"]),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state} #{self.pk}"


class Preference(models.Model):
    """A switch of one person: this kind (or this urgency) on this channel."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences"
    )
    subject = models.CharField(
        _("kind or urgency"), max_length=48, help_text=_("a kind outweighs an urgency")
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    is_on = models.BooleanField(_("on"))

    class Meta:
        verbose_name = _("choice about notices")
        verbose_name_plural = _("choices about notices")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "subject", "channel"], name="one_choice_a_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.channel} {'on' if self.is_on else 'off'}"


class Rhythm(models.Model):
    """When and how often one person wants to be told; hours of Seoul."""

    class Letters(models.TextChoices):
        AT_ONCE = "at_once", _("each one at once")
        DAILY = "daily", _("one letter a day, at 8 in the morning")
        WEEKLY = "weekly", _("one letter a week, on Monday at 8")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="rhythm"
    )
    quiet_from = models.PositiveSmallIntegerField(
        _("quiet from"), default=22, validators=[MaxValueValidator(23)]
    )
    quiet_until = models.PositiveSmallIntegerField(
        _("quiet until"), default=7, validators=[MaxValueValidator(23)]
    )
    safety_at_night = models.BooleanField(
        _("Wake me for safety, also in the quiet hours"), default=False
    )
    weekly_most = models.PositiveSmallIntegerField(
        _("at most this many messages a week"), default=10
    )
    letters = models.CharField(
        _("e-mails"), max_length=8, choices=Letters, default=Letters.AT_ONCE
    )
    hides_words = models.BooleanField(
        _("Keep the words in the app; the phone only says that something is new"),
        default=False,
    )

    class Meta:
        verbose_name = _("rhythm of being told")
        verbose_name_plural = _("rhythms of being told")

    def __str__(self) -> str:
        return f"{self.quiet_from}–{self.quiet_until} {self.letters}"

    def quiet_end(self, now: datetime) -> datetime | None:
        """When the quiet hours end in which `now` lies; None outside of them."""
        local = timezone.localtime(now)
        if not self._is_quiet(local.hour):
            return None
        end = timezone.make_aware(datetime.combine(local, time(self.quiet_until)))
        return end if end > local else end + timedelta(days=1)

    def _is_quiet(self, hour: int) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until

    def next_letter_at(self, now: datetime) -> datetime:
        """When the next collected letter leaves; `now` when none is collected."""
        if self.letters == self.Letters.AT_ONCE:
            return now
        local = timezone.localtime(now)
        eight = timezone.make_aware(datetime.combine(local, time(8)))
        days = 0 if local < eight else 1
        if self.letters == self.Letters.WEEKLY:
            days += -(local.weekday() + days) % 7
        return eight + timedelta(days=days)


class PushSubscription(Timestamped):
    """A browser that agreed to push messages. Dead ones are removed."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_subscriptions"
    )
    endpoint = models.URLField(_("endpoint"), max_length=600)
    endpoint_digest = models.CharField(max_length=64, unique=True, editable=False)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=48)
    user_agent = models.CharField(_("browser"), max_length=240, blank=True)
    # Of the session it was given in: signing out there ends it, a lost phone too.
    session_digest = models.CharField(
        max_length=64, blank=True, db_index=True, editable=False
    )
    reached_at = models.DateTimeField(_("last reached at"), null=True, blank=True)

    class Meta:
        verbose_name = _("browser that gets push messages")
        verbose_name_plural = _("browsers that get push messages")
        ordering = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def words(self) -> str:
        return device_words(self.user_agent)


class MobileNumber(Timestamped):
    """Where text messages go; only once its owner typed the code sent to it."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mobile_number"
    )
    number = models.CharField(_("mobile number"), max_length=16)
    # The one before stays in use until the code came back from this one.
    asked_number = models.CharField(
        _("number that waits for its code"), max_length=16, blank=True, default=""
    )
    code_digest = models.CharField(max_length=64, blank=True, editable=False)
    code_sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    wrong_codes = models.PositiveSmallIntegerField(default=0, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mobile number")
        verbose_name_plural = _("mobile numbers")

    def __str__(self) -> str:
        return f"#{self.pk}"
