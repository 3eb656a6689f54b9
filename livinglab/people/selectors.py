"""Questions about people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.kernel.stamps import stamps
from livinglab.people.consent_texts import ConsentText, asks_again, text_of
from livinglab.people.law import basis_of
from livinglab.people.models import (
    Act,
    Consent,
    DataRead,
    Download,
    GuardianConsent,
    Helping,
    Leaving,
    LeavingProof,
    LegalText,
    Person,
)


def standing_purposes(person: Person) -> set[str]:
    """The purposes this person agrees to now."""
    return set(
        Consent.objects.standing()
        .filter(person=person)
        .values_list("purpose", flat=True)
    )


def has_guardian(child: Person) -> bool:
    """Whether a guardian agreed and did not take it back."""
    return GuardianConsent.objects.standing().filter(child=child).exists()


def lacks_guardian(person: Person) -> bool:
    """Whether this is a child for whom nobody agreed, or not any more."""
    is_child = person.is_under_14 or person.waits_for_guardian
    return is_child and not has_guardian(person)


def legal_text(kind: str, language: str, *, version: str = "") -> LegalText | None:
    """A text in force, or the version asked for; Korean where no other is written."""
    texts = LegalText.objects.filter(
        kind=kind, in_force_from__lte=timezone.localdate()
    ).order_by("-in_force_from")
    if version:
        texts = texts.filter(version=version)
    own = texts.filter(language=language).first()
    return own or texts.filter(language="ko").first()


def legal_versions(kind: str, language: str) -> list[LegalText]:
    """Every version there was, newest first."""
    return list(
        LegalText.objects.filter(kind=kind, language=language)
        .order_by("-in_force_from")
        .defer("sections")
    )


@dataclass(frozen=True)
class ConsentLine:
    """One purpose as its switch shows it."""

    purpose: str
    label: str
    text: ConsentText
    standing: Consent | None
    is_required: bool
    asks_again: bool

    @property
    def is_on(self) -> bool:
        return self.standing is not None


def consent_lines(person: Person) -> list[ConsentLine]:
    """Every purpose with its words and whether it stands."""
    standing = {
        row.purpose: row
        for row in Consent.objects.filter(person=person, withdrawn_at=None)
    }
    return [
        ConsentLine(
            purpose=value,
            label=str(label),
            text=text_of(value),
            standing=standing.get(value),
            is_required=value in Consent.REQUIRED,
            asks_again=asks_again(standing.get(value)),
        )
        for value, label in Consent.Purpose.choices
    ]


@dataclass(frozen=True)
class Said:
    """One yes or one no of the past."""

    is_yes: bool
    at: datetime
    version: str


def said_about(person: Person, purpose: str) -> list[Said]:
    """Every yes and no to a purpose, newest first; a new version renews the yes."""
    rows = Consent.objects.filter(person=person, purpose=purpose)
    said = []
    for row in rows:
        said.append(Said(is_yes=True, at=row.given_at, version=row.version))
        if row.withdrawn_at:
            said.append(Said(is_yes=False, at=row.withdrawn_at, version=row.version))
    renewed = {one.at for one in said if one.is_yes}
    kept = [one for one in said if one.is_yes or one.at not in renewed]
    return sorted(kept, key=lambda one: one.at, reverse=True)


def data_reads(person: Person, who: str = "") -> QuerySet[DataRead]:
    """Who looked at this person's data, newest first; `who`: staff or helper."""
    reads = DataRead.objects.filter(person=person).select_related("reader", "city")
    if who == "staff":
        return reads.by_staff()
    if who == "helper":
        return reads.filter(reader_as=DataRead.As.HELPER)
    return reads


@dataclass(frozen=True)
class MyState:
    """What the overview says in one line each."""

    purposes: int
    agreed: int
    asked_again: int
    reads: int
    download: Download | None
    helpers: int
    helped: int
    waiting: int


READS_SHOWN = timedelta(days=30)
# What each line of the overview counts, in one question: a word for the line, two
# more, and a number.
MINE = """
SELECT 'agreed', purpose, version, 1 FROM people_consent
  WHERE person_id = %s AND withdrawn_at IS NULL
UNION ALL SELECT 'reads', '', '', COUNT(*) FROM people_dataread
  WHERE person_id = %s AND read_at >= %s
UNION ALL SELECT 'download', '', '', COUNT(*) FROM people_download WHERE person_id = %s
UNION ALL SELECT 'help', state, '', person_id FROM people_helping
  WHERE (person_id = %s OR helper_id = %s)
  AND (state = 'accepted' OR (state = 'active' AND until >= %s))
"""


def my_state(person: Person) -> MyState:
    """The overview of oneself; a download is looked at where there is one."""
    me, since = person.pk, timezone.now() - READS_SHOWN
    rows = stamps(MINE, me, me, since, me, me, me, timezone.localdate())
    agreed = [row[1:3] for row in rows if row[0] == "agreed"]
    counts = {line: number for line, _word, _more, number in rows}
    active, accepted = Helping.State.ACTIVE, Helping.State.ACCEPTED
    helps = [(state, whose) for line, state, _more, whose in rows if line == "help"]
    return MyState(
        purposes=len(Consent.Purpose.choices),
        agreed=len(agreed),
        asked_again=sum(text_of(what).version != version for what, version in agreed),
        reads=counts["reads"],
        download=_newest_download(person) if counts["download"] else None,
        helpers=sum(state == active and whose == me for state, whose in helps),
        helped=sum(state == active and whose != me for state, whose in helps),
        waiting=sum(state == accepted and whose == me for state, whose in helps),
    )


def _newest_download(person: Person) -> Download | None:
    return Download.objects.filter(person=person).first()


def helpings_of(person: Person) -> list[Helping]:
    """Who helps this person, and whom they help: what is open first."""
    helpings = Helping.objects.visible_to(person).select_related("person", "helper")
    is_over = Helping.State.ENDED
    return sorted(helpings.order_by("-pk")[:50], key=lambda one: one.state == is_over)


def latest_acts(helping: Helping, *, most: int = 50) -> list[Act]:
    """What was done through a help, newest first."""
    return list(helping.acts.select_related("person", "helper")[:most])


def proof_of_leaving(number: str) -> dict[str, Any] | None:
    """What a number of a proof says: the days, what went, what stays, and why."""
    waiting = Leaving.objects.filter(number=number).first()
    if waiting is not None:
        return {
            "number": number,
            "state": "waiting",
            "asked_on": timezone.localdate(waiting.asked_at),
            "erased_on": timezone.localdate(waiting.erase_at),
            "gone": [],
            "kept": [],
        }
    proof = LeavingProof.objects.filter(number=number).first()
    if proof is None:
        return None
    return {
        "number": number,
        "state": "erased",
        "asked_on": proof.asked_on,
        "erased_on": proof.erased_on,
        "gone": [
            {"what": label, "words": _kind_words(label), "count": count}
            for label, count in proof.gone.items()
        ],
        "kept": [_kept_words(row) for row in proof.kept],
    }


def _kind_words(label: str) -> str:
    """What rows of a model, or one field of them, are called; what is no more keeps
    its label.
    """
    named = {"files": _("stored files"), "people.Person": _("account")}
    if label in named:
        return named[label]
    app, _dot, name = label.partition(".")
    name, _dot, field = name.partition(".")
    try:
        meta = apps.get_model(app, name)._meta
        words = str(meta.verbose_name_plural)
        if field:
            words = f"{words}: {getattr(meta.get_field(field), 'verbose_name', field)}"
    except (LookupError, FieldDoesNotExist):
        return label
    return words


def _kept_words(row: dict[str, Any]) -> dict[str, Any]:
    basis = basis_of(row["code"])
    return {
        **row,
        "until": date.fromisoformat(row["until"]) if row["until"] else None,
        "what": str(basis.what),
        "why": str(basis.why),
        "basis": str(basis.basis),
        "is_law": basis.is_law,
    }
