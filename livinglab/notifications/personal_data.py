"""What notifications hold about a person, and how it goes."""

from functools import partial
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.personal_data import Answers, Held, holds
from livinglab.notifications.models import (
    Delivery,
    MobileNumber,
    Notice,
    Preference,
    PushSubscription,
    Rhythm,
)
from livinglab.people.models import Helping, Person

MODELS = (Notice, Delivery, Preference, Rhythm, PushSubscription, MobileNumber)


def _mine(model: type[Model], person: Person) -> QuerySet[Any]:
    return model._default_manager.filter(person=person).order_by("pk")


def erase(person: Any, answers: Answers) -> dict[str, int]:
    """Everything, at once; what was being handed over has left the house already."""
    gone: dict[str, int] = {}
    for model in reversed(MODELS):
        rows = model._default_manager.filter(person=person)
        gone[model._meta.label] = rows.count()
        rows.delete()
    _forget_in_other_inboxes(person)
    return gone


def _forget_in_other_inboxes(person: Person) -> None:
    """Whoever helped, or was helped, was told of it by this person's name."""
    between = Helping.objects.filter(Q(person=person) | Q(helper=person))
    about = [f"helping:{pk}" for pk in between.values_list("pk", flat=True)]
    Notice.objects.filter(about__in=about).delete()


HELD = [
    Held(
        "notifications.Notice",
        _("What you were told"),
        partial(_mine, Notice),
        ("id", "kind", "about", "facts", "url", "created_at", "read_at"),
    ),
    Held(
        "notifications.Delivery",
        _("On which way each notice was sent, and what became of it"),
        partial(_mine, Delivery),
        ("notice", "channel", "state", "reason", "tries", "handed_at", "sent_at"),
    ),
    Held(
        "notifications.Preference",
        _("What you want to be told where"),
        partial(_mine, Preference),
        ("subject", "channel", "is_on"),
    ),
    Held(
        "notifications.Rhythm",
        _("When you want to be told, and how often"),
        partial(_mine, Rhythm),
        (
            "quiet_from",
            "quiet_until",
            "safety_at_night",
            "weekly_most",
            "letters",
            "hides_words",
        ),
    ),
    Held(
        "notifications.PushSubscription",
        _("Browsers that show notices"),
        partial(_mine, PushSubscription),
        ("endpoint", "created_at"),
    ),
    Held(
        "notifications.MobileNumber",
        _("The number that gets text messages"),
        partial(_mine, MobileNumber),
        ("number", "asked_number", "confirmed_at"),
    ),
]

holds("notifications", label=_("Notices"), held=HELD, erase=erase)
