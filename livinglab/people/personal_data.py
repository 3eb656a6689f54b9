"""What people's own tables, and those of packages, hold about a person."""

from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.personal_data import Held, apart, holds
from livinglab.people.models import Person
from livinglab.people.services.erasure import erase_person


def _rows(model: str, way: str, person: Person) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model(model)._default_manager.all()
    return rows.filter(**{way: person}).order_by("pk")


def _mine(model: str, way: str = "person") -> Any:
    return partial(_rows, model, way)


def _self(person: Person) -> QuerySet[Person]:
    return Person.objects.filter(pk=person.pk)


def _helpings(person: Person) -> QuerySet[Any]:
    helpings = apps.get_model("people.Helping")._default_manager
    return helpings.filter(Q(person=person) | Q(helper=person)).order_by("pk")


def _acts(person: Person) -> QuerySet[Any]:
    acts = apps.get_model("people.Act")._default_manager
    return acts.filter(Q(person=person) | Q(helper=person)).order_by("pk")


HELD = [
    Held(
        "people.Person",
        _("Your account"),
        _self,
        (
            "id",
            "email",
            "name",
            "neighbourhood__code",
            "language",
            "is_under_14",
            "waits_for_guardian",
            "date_joined",
            "last_login",
        ),
    ),
    Held(
        "people.Role",
        _("As what you act here"),
        _mine("people.Role"),
        ("kind", "city__code", "given_at"),
    ),
    Held(
        "people.Consent",
        _("Every yes and every no, with the version of the text"),
        _mine("people.Consent"),
        ("purpose", "version", "given_at", "withdrawn_at"),
    ),
    Held(
        "people.DataRead",
        _("Who looked at your data"),
        _mine("people.DataRead"),
        ("reader_as", "city__code", "what", "why", "read_at"),
    ),
    Held(
        "people.Helping",
        _("Who helps you, and whom you help"),
        _helpings,
        (
            "person__name",
            "helper__name",
            "state",
            "areas",
            "until",
            "invited_at",
            "accepted_at",
            "confirmed_at",
            "ended_at",
            "ended_by",
        ),
    ),
    Held(
        "people.Act",
        _("What a helper did in somebody's name"),
        _acts,
        ("person__name", "helper__name", "area", "rule", "thing", "acted_at"),
    ),
    Held(
        "people.Download",
        _("When you asked for a file like this one"),
        _mine("people.Download"),
        ("state", "asked_at", "ready_at", "expires_at", "fetched_at", "size"),
    ),
    Held(
        "people.Leaving",
        _("Whether you asked to leave"),
        _mine("people.Leaving"),
        ("number", "answers", "asked_at", "erase_at"),
    ),
    Held(
        "people.GuardianConsent",
        _("What a guardian was asked and said"),
        _mine("people.GuardianConsent", "child"),
        (
            "email",
            "version",
            "answer",
            "asked_at",
            "expires_at",
            "answered_at",
            "withdrawn_at",
        ),
    ),
    Held(
        "people.Draft",
        _("What you began and did not send"),
        _mine("people.Draft"),
        ("kind", "words", "created_at", "updated_at", "expires_at"),
    ),
    Held(
        "people.KeptAnswer",
        _("Answers kept for a while so that nothing happens twice"),
        _mine("people.KeptAnswer"),
        ("key", "status", "body", "kept_at", "expires_at"),
    ),
    Held(
        "account.EmailAddress",
        _("Your e-mail addresses"),
        _mine("account.EmailAddress", "user"),
        ("email", "verified", "primary"),
    ),
    Held(
        "account.EmailConfirmation",
        _("Confirmations of an address that wait"),
        _mine("account.EmailConfirmation", "email_address__user"),
        ("email_address__email", "created", "sent"),
    ),
    Held(
        "mfa.Authenticator",
        _("Passkeys and apps that let you in (their secrets stay here)"),
        _mine("mfa.Authenticator", "user"),
        ("type", "created_at", "last_used_at"),
    ),
    Held(
        "usersessions.UserSession",
        _("Where you are signed in"),
        _mine("usersessions.UserSession", "user"),
        ("ip", "user_agent", "created_at", "last_seen_at"),
    ),
    Held(
        "socialaccount.SocialAccount",
        _("Accounts elsewhere that let you in"),
        _mine("socialaccount.SocialAccount", "user"),
        ("provider", "uid", "extra_data", "date_joined", "last_login"),
    ),
    Held(
        "socialaccount.SocialToken",
        _("Until when an account elsewhere answers for you"),
        _mine("socialaccount.SocialToken", "account__user"),
        ("account__provider", "expires_at"),
    ),
    Held(
        "knox.AuthToken",
        _("Keys of your own software (the keys themselves are not kept)"),
        _mine("knox.AuthToken", "user"),
        ("created", "expiry"),
    ),
    Held(
        "admin.LogEntry",
        _("What you changed in the admin site"),
        _mine("admin.LogEntry", "user"),
        ("action_time", "object_repr", "action_flag"),
    ),
]

holds("people", label=_("Account, consents, helpers"), held=HELD, erase=erase_person)

apart(
    _("Words of the programme, the same for everybody."),
    "people.LegalText",
)
apart(
    _("A browser without a person: only a digest; it goes when it expires."),
    "people.Guest",
)
apart(
    _("Work that waits: files to erase, letters to send. A row goes when it is done."),
    "people.FileToErase",
    "people.LetterDue",
)
apart(
    _("What proves that somebody's data are gone: a random number, no person."),
    "people.LeavingProof",
    "people.KeptRead",
)
apart(
    _(
        "Sign-ins, and for a short while those begun and given up, in which an "
        "address may stand. Erasing a person removes theirs; the rest goes when it "
        "expires."
    ),
    "sessions.Session",
)
apart(
    _("How the software itself is set up: no person stands in it."),
    "auth.Permission",
    "auth.Group",
    "contenttypes.ContentType",
    "sites.Site",
    "socialaccount.SocialApp",
)
