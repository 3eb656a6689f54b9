"""Who stands behind a report, follows it, or follows a place."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.issues.models.issues import Issue


class Follow(models.Model):
    """A person is told what becomes of a report."""

    class Why(models.TextChoices):
        REPORTED = "reported", _("reported it")
        MET_IT_TOO = "met_it", _("met it too")
        CURIOUS = "curious", _("wants to know")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="follows")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="issue_follows"
    )
    why = models.CharField(_("why"), max_length=8, choices=Why)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.UniqueConstraint(fields=["issue", "person"], name="follow_once")
        ]
        indexes = [models.Index(fields=["person", "-issue"], name="follows_of_person")]

    def __str__(self) -> str:
        return f"{self.issue_id} · {self.person} · {self.get_why_display()}"


class FollowedPlace(models.Model):
    """A neighbourhood, or "my street": a point and how far around it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="followed_places"
    )
    name = models.CharField(_("name"), max_length=40)
    neighbourhood = models.ForeignKey(
        "places.Neighbourhood",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("neighbourhood"),
    )
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    radius_m = models.PositiveSmallIntegerField(_("how far, in metres"), default=300)
    since = models.DateTimeField(_("since"), default=timezone.now)
    # New reports up to here were told; what came later is news.
    told_until = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("followed place")
        verbose_name_plural = _("followed places")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="followed_place_is_a_dong_or_a_point",
                condition=Q(neighbourhood__isnull=False, lon=None, lat=None)
                | Q(neighbourhood=None, lon__isnull=False, lat__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person", "neighbourhood"],
                name="follows_a_dong_once",
                condition=Q(neighbourhood__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.name}"
