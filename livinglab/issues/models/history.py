"""What happened to a report: changes, words of the city, notes, extensions."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.issues.models.departments import Category, Department
from livinglab.issues.models.issues import MOST_WORDS, Issue


class Change(models.Model):
    """One step in the life of a report; rows are added, never edited.

    `words` are public where the report is; they are what people are told. Only a
    resident's words are ever taken away: out of `words`, which every door shows, into
    `blanked_words`, which none but the city's does; and perhaps given back.
    """

    class What(models.TextChoices):
        STATE = "state", _("new state")
        ROUTED = "routed", _("sent to a department")
        CATEGORY = "category", _("sorted anew")
        EXTENDED = "extended", _("new promised day")
        UPDATE = "update", _("word of the city")
        MERGED = "merged", _("joined with another report")
        HIDDEN = "hidden", _("hidden")
        SHOWN = "shown", _("shown")
        BLANKED = "blanked", _("a resident's text taken out of sight")
        UNBLANKED = "unblanked", _("a resident's text shown again")

    issue = models.ForeignKey(
        Issue, models.CASCADE, related_name="changes", verbose_name=_("report")
    )
    what = models.CharField(_("what"), max_length=10, choices=What)
    state = models.CharField(_("state after"), max_length=12, choices=Issue.Status)
    words = models.TextField(_("words"), max_length=MOST_WORDS, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    by_city = models.BooleanField(_("by the city"), default=False)
    department = models.ForeignKey(
        Department,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
    )
    due_on = models.DateField(_("promised for"), null=True, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    # Empty while its followers are still to be told.
    told_at = models.DateTimeField(_("told at"), null=True, blank=True, editable=False)
    blanked_words = models.TextField(_("text taken out of sight"), blank=True)
    blanked_why = models.CharField(
        _("why it was taken out of sight"), max_length=500, blank=True
    )
    # Of a BLANKED or UNBLANKED one: the change whose words it took or gave back. A
    # BLANKED one keeps the reason when the text is shown again.
    word = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="blankings",
        verbose_name=_("text of a resident"),
    )

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["issue", "id"], name="change_of_issue"),
            models.Index(
                fields=["id"], name="change_to_tell", condition=models.Q(told_at=None)
            ),
            models.Index(
                fields=["at"],
                name="change_shown_lately",
                condition=models.Q(what="shown"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} · {self.get_what_display()} · {self.at:%Y-%m-%d %H:%M}"


class Note(models.Model):
    """Among colleagues; no resident ever reads it."""

    issue = models.ForeignKey(
        Issue, models.CASCADE, related_name="notes", verbose_name=_("report")
    )
    words = models.TextField(_("note"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.issue_id} · {self.at:%Y-%m-%d %H:%M}"


class AnswerTemplate(models.Model):
    """Words a coordinator starts from: per city, state and perhaps category."""

    city = models.ForeignKey(
        "places.City", models.CASCADE, related_name="+", verbose_name=_("city")
    )
    name = models.CharField(_("name"), max_length=60)
    state = models.CharField(_("for the state"), max_length=12, choices=Issue.Status)
    category = models.ForeignKey(
        Category, models.CASCADE, null=True, blank=True, verbose_name=_("category")
    )
    words_ko = models.TextField(_("words in Korean"), max_length=2000)
    words_en = models.TextField(_("words in English"), max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("answer to start from")
        verbose_name_plural = _("answers to start from")
        ordering = ["city", "state", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "name"], name="answer_template_once_a_city"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Verdict(models.Model):
    """ "Is it fixed?": asked of each follower at the closing and four weeks later.

    A row is a question that is due; asked once, answered at most once.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("Yes, it is fixed")
        NO = "no", _("No")
        UNSURE = "unsure", _("I cannot tell")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="verdicts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    # The closing it asks about: closed a second time, people are asked again.
    closing = models.ForeignKey(Change, models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField(
        _("first or second time"), validators=[MinValueValidator(1)]
    )
    ask_at = models.DateTimeField(_("to be asked at"))
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True)
    stars = models.PositiveSmallIntegerField(
        _("how content, 1 to 5"), null=True, blank=True
    )
    words = models.CharField(_("a word to it"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer to “is it fixed?”")
        verbose_name_plural = _("answers to “is it fixed?”")
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "person", "round"], name="asked_once_a_round"
            ),
            models.CheckConstraint(
                name="stars_are_one_to_five",
                condition=models.Q(stars=None) | models.Q(stars__range=(1, 5)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["ask_at"],
                name="verdict_to_ask",
                condition=models.Q(asked_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} · {self.person} · {self.get_answer_display() or '?'}"
