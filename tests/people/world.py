"""A life in full: at least one row of every model that is held about a person."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.utils import timezone
from knox.models import AuthToken

from livinglab.energy.models import (
    Baseline,
    BillChange,
    DailyUse,
    DeclaredEvent,
    Device,
    HomeOutlook,
    Premises,
    PremisesDiscount,
    PremisesInvitation,
    RegisterReading,
    RegisterReadingChange,
    Saving,
    SavingsDue,
    Upload,
)
from livinglab.energy.services.usage import store_intervals
from livinglab.energy.usage.blocks import intervals
from livinglab.interop.models import ApiKey, Submission
from livinglab.issues.models import Appeal, FollowedPlace, KeptList, Photo, Verdict
from livinglab.notifications.models import (
    MobileNumber,
    Notice,
    Preference,
    PushSubscription,
    Rhythm,
)
from livinglab.notifications.services import notify
from livinglab.people.models import (
    Act,
    DataRead,
    Download,
    Draft,
    GuardianConsent,
    Helping,
    KeptAnswer,
    Leaving,
    LetterDue,
    Person,
)
from tests import make
from tests.issues import world as reports

SEPTEMBER = 1_756_652_400
FILE = b"start,value\n2025-09-01,1\n"
JPEG = b"\xff\xd8\xff\xd9"
SECRET = "바로그사람"


def somebody() -> Person:
    """A resident whose address and name are found wherever they stand."""
    return make.resident("that-very-one@example.org", name=SECRET)


def full_life(person: Person, helper: Person) -> Premises:
    """Give a person something of everything."""
    home = make.premises(person, name=f"{SECRET}의 집")
    _energy(person, home)
    _people(person, helper)
    _packages(person)
    _notices(person, home)
    _reports(person)
    return home


def _energy(person: Person, home: Premises) -> None:
    meter = make.meter(home)
    starts = SEPTEMBER + 3600 * np.arange(24)
    hours = np.full(24, 3600)
    store_intervals(meter, intervals(starts, hours, np.full(24, 250_000)))
    assert DailyUse.objects.filter(meter=meter).exists()
    upload = Upload(premises=home, by=person, name="september.csv", size=len(FILE))
    upload.file.save("waits.usage", ContentFile(FILE), save=False)
    upload.save()
    reading = RegisterReading(
        meter=meter, read_at=timezone.now(), kwh="1234.5", by=person
    )
    reading.photo.save("meter.jpg", ContentFile(JPEG), save=False)
    reading.save()
    RegisterReadingChange.objects.create(reading=reading, old={"kwh": "1"}, by=person)
    bill = make.bill(home, date(2025, 8, 1), date(2025, 9, 1), kwh=300, by=person)
    BillChange.objects.create(premises=home, bill=bill, old={"kwh": "2"}, by=person)
    PremisesDiscount.objects.create(premises=home, names=["large_family"])
    PremisesInvitation.objects.create(
        premises=home,
        code_digest="d" * 64,
        made_by=person,
        expires_at=timezone.now() + timedelta(days=1),
    )
    Device.objects.create(meter=meter, name="hall", token_digest="t", made_by=person)
    DeclaredEvent.objects.create(
        premises=home, kind=DeclaredEvent.Kind.values[0], on=date(2026, 2, 1)
    )
    Saving.objects.create(
        premises=home,
        span=Saving.Span.MONTH,
        month=date(2026, 9, 1),
        days=30,
        days_possible=30,
        state=Saving.State.SAVING,
        method="test",
    )
    year = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    Baseline.objects.create(
        premises=home, kind=Baseline.Kind.DAILY, method="test", n=365, **year
    )
    HomeOutlook.objects.get_or_create(premises=home)
    SavingsDue.objects.get_or_create(
        premises=home, month=date(2026, 9, 1), defaults={"token": 1}
    )


def _people(person: Person, helper: Person) -> None:
    staff = Person.objects.filter(email="that-staff@example.org").first()
    staff = staff or make.staff(
        "that-staff@example.org", kind="coordinator", city=make.city()
    )
    now = timezone.now()
    DataRead.objects.create(
        person=person,
        reader=staff,
        reader_as="coordinator",
        city=make.city(),
        what=f"{SECRET}의 집",
        why="점검",
    )
    helping = Helping.objects.create(
        person=person,
        helper=helper,
        state=Helping.State.ACTIVE,
        areas=["energy"],
        until=timezone.localdate() + timedelta(days=9),
        confirmed_at=now,
    )
    Act.objects.create(
        helping=helping,
        person=person,
        helper=helper,
        area="energy",
        rule="energy.add_usage",
        thing=f"{SECRET}의 집",
    )
    download = Download(person=person, state=Download.State.READY, ready_at=now)
    download.expires_at = now + timedelta(days=7)
    download.file.save(f"{download.key}.zip", ContentFile(b"zip"), save=False)
    download.save()
    GuardianConsent.objects.create(
        child=person,
        email="guardian-of-that-one@example.org",
        version="2026-11",
        expires_at=now,
    )
    later = now + timedelta(days=9)
    Draft.objects.create(
        person=person, kind="report", words={"text": SECRET}, expires_at=later
    )
    KeptAnswer.objects.create(
        person=person, key="k" * 36, digest="d", body={"name": SECRET}, expires_at=later
    )
    LetterDue.objects.create(
        address=person.email, language="ko", kind="help_invitation"
    )
    Leaving.objects.filter(person=person).delete()


def _packages(person: Person) -> None:
    address = EmailAddress.objects.get(user=person)
    EmailConfirmation.objects.create(email_address=address, key="c" * 40)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "s"})
    UserSession.objects.create(
        user=person, ip="127.0.0.0", session_key="s" * 32, user_agent="a phone"
    )
    account = SocialAccount.objects.create(
        user=person, provider="kakao", uid="77", extra_data={"name": SECRET}
    )
    SocialToken.objects.create(account=account, token="secret")
    AuthToken.objects.create(user=person)
    LogEntry.objects.create(
        user=person, action_flag=1, object_repr=SECRET, change_message=""
    )


def _notices(person: Person, home: Premises) -> None:
    facts: dict[str, Any] = {"premises": home.pk, "home": home.name}
    facts |= {"upload": 1, "file": "september.csv"}
    notify(
        person,
        kind="energy.file_refused",
        event="upload:1",
        about=f"premises:{home.pk}",
        facts=facts,
    )
    assert Notice.objects.filter(person=person).exists()
    Rhythm.objects.get_or_create(person=person)
    Preference.objects.create(
        person=person, subject="news", channel="email", is_on=True
    )
    PushSubscription.objects.create(
        person=person, endpoint="https://push.example/1", endpoint_digest="e"
    )
    MobileNumber.objects.create(person=person, number="01012345678")


def _reports(person: Person) -> None:
    issue = reports.issue(person, words=f"{SECRET}이 쓴 글", is_public=False)
    Photo.objects.create(issue=issue, width=1, height=1, digest="0", full="none.webp")
    reports.department("lights").members.add(person)
    dong = make.neighbourhood()
    FollowedPlace.objects.create(person=person, name=SECRET, neighbourhood=dong)
    closing = issue.changes.create(what="state", state="resolved")
    Verdict.objects.create(
        issue=issue, person=person, closing=closing, round=1, ask_at=timezone.now()
    )
    Appeal.objects.create(issue=issue, by=person, words=SECRET)
    KeptList.objects.create(person=person, name=SECRET)
    issue.changes.create(what="update", state="received", words=SECRET, by=person)
    key = ApiKey.objects.create(name="app", owner=person, digest="d" * 64)
    Submission.objects.create(key=key, issue=issue, account=SECRET)
