"""Verbs of files with usage: look, keep, confirm, read. A received file is work due."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import timedelta
from pathlib import PurePath
from typing import Any, BinaryIO, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.energy.errors import AlreadyDecided, AnswerNeeded, UnreadableFile
from livinglab.energy.events import upload_received
from livinglab.energy.models import Meter, Premises, Upload
from livinglab.energy.readers.limits import FACILITY, HOME
from livinglab.energy.readers.understood import FileRead, Stream, Understood, Unreadable
from livinglab.energy.readers.usage_file import SEOUL, read_usage_file
from livinglab.energy.services.telling import tell_of_upload
from livinglab.energy.services.upload_outcome import Message, Outcome, message
from livinglab.energy.services.usage import Stored, meter_of, store_intervals
from livinglab.energy.words import reader as reader_words
from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.kernel.realtime import announce
from livinglab.people.models import Consent, Person
from livinglab.people.services import require_consent

LEASE_S = 300
MOST_ATTEMPTS = 5
PREVIEW_KEPT = timedelta(days=2)
_CHUNK = 64 * 1024

Answers = Mapping[str, str]


def preview_upload(
    premises: Premises,
    file: File[Any],
    *,
    name: str,
    answers: Answers | None = None,
    by: Person,
) -> Understood:
    """Say what a file holds; nothing is stored. Refuses what cannot be read."""
    require(by, "energy.preview_usage", premises)
    try:
        return _look(premises, file, answers or {}).understood
    except Unreadable as refusal:
        raise UnreadableFile(
            reader_words.refusal(refusal.code, refusal.facts),
            reason=refusal.code,
            name=_tidy(name),
        ) from refusal


def keep_upload(
    premises: Premises,
    file: File[Any],
    *,
    name: str,
    answers: Answers | None = None,
    by: Person,
) -> Upload:
    """Keep a file for a look before the yes; a refused one stays as a row with words.

    Parsing a long file takes seconds, so it stands outside of any transaction; what is
    written is one row.
    """
    require(by, "energy.add_usage", premises)
    require_consent(by, Consent.Purpose.ENERGY)
    upload = _new(premises, file, name, answers or {}, by)
    try:
        found = _look(premises, file, upload.answers)
    except Unreadable as refusal:
        upload.state = Upload.State.REFUSED
        upload.messages = [message(refusal.code, **refusal.facts)]
        upload.save()
        return upload
    _note(upload, found.understood)
    upload.messages = _same_file(upload)
    _save_with_file(upload, file)
    return upload


def receive_upload(
    premises: Premises,
    file: File[Any],
    *,
    name: str,
    answers: Answers | None = None,
    by: Person,
) -> Upload:
    """Take a file without a look first; it will be read soon, and its fate seen."""
    require(by, "energy.add_usage", premises)
    require_consent(by, Consent.Purpose.ENERGY)
    upload = _new(premises, file, name, answers or {}, by)
    upload.state = Upload.State.RECEIVED
    upload.messages = _same_file(upload)
    if upload.size > settings.USAGE_FILE_MAX_BYTES:
        megabytes = settings.USAGE_FILE_MAX_BYTES // 1024 // 1024
        upload.state = Upload.State.REFUSED
        upload.messages = [message("too_large", megabytes=megabytes)]
        upload.save()
        return upload
    _save_with_file(upload, file)
    after_commit(upload_received.send_robust, Upload, upload_id=upload.pk)
    return upload


def answer_upload(upload: Upload, *, answers: Answers, by: Person) -> Upload:
    """Look at a kept file again with the person's answers."""
    with transaction.atomic():
        upload = _waiting(upload, by)
    answers = {**upload.answers, **answers}
    try:
        with upload.file.open("rb") as file:
            found = _look(upload.premises, file, answers)
    except Unreadable as refusal:
        raise UnreadableFile(
            reader_words.refusal(refusal.code, refusal.facts), reason=refusal.code
        ) from refusal
    with transaction.atomic():
        upload = _waiting(upload, by)
        upload.answers = answers
        _note(upload, found.understood)
        upload.save()
    return upload


@transaction.atomic
def confirm_upload(
    upload: Upload, *, answers: Answers | None = None, by: Person
) -> Upload:
    """Say yes to a preview: the file will now be read and stored."""
    upload = _waiting(upload, by)
    upload.answers = {**upload.answers, **(answers or {})}
    asked = {question["code"] for question in upload.understood.get("questions", [])}
    if asked - set(upload.answers):
        raise AnswerNeeded(_("The file leaves a question open. Please answer it."))
    upload.state = Upload.State.RECEIVED
    upload.save(update_fields=["answers", "state", "updated_at"])
    after_commit(upload_received.send_robust, Upload, upload_id=upload.pk)
    return upload


@transaction.atomic
def withdraw_upload(upload: Upload, *, by: Person) -> None:
    """Take a file back before it was read; nothing of it stays."""
    upload = _waiting(upload, by)
    after_commit(upload.file.storage.delete, upload.file.name or "")
    upload.delete()


def _waiting(upload: Upload, by: Person) -> Upload:
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    require(by, "energy.add_usage", upload.premises)
    require_consent(by, Consent.Purpose.ENERGY)
    if upload.state != Upload.State.PREVIEW:
        raise AlreadyDecided(_("This file was already taken or refused."))
    return upload


# Reading ------------------------------------------------------------------------------


def read_upload(upload_id: int) -> Upload | None:
    """Read a received file and store it, all or nothing; None when it is not free.

    Parsing happens before the transaction, so a long file holds no lock; rows and the
    upload's fate are written together, so a death at any moment leaves it due.
    """
    due = Upload.objects.due().filter(pk=upload_id)
    if not due.claim(seconds=LEASE_S):
        return None
    due.update(state=Upload.State.READING)
    upload: Upload = Upload.objects.select_related("premises", "by").get(pk=upload_id)
    announce(f"premises:{upload.premises_id}", "uploads")
    try:
        found = _read_due(upload)
        if found.understood.questions:
            _ask(upload, found.understood)
        else:
            _store(upload, found)
    except Unreadable as refusal:
        _refuse(upload, refusal)
    drop_file(upload)
    return upload


def _read_due(upload: Upload) -> FileRead:
    if upload.attempts > MOST_ATTEMPTS:
        raise Unreadable("given_up")
    agreed = Consent.objects.standing().filter(purpose=Consent.Purpose.ENERGY)
    if upload.by is None or not agreed.filter(person=upload.by).exists():
        raise Unreadable("consent_gone")
    try:
        with upload.file.open("rb") as file:
            return _look(upload.premises, file, upload.answers)
    except (FileNotFoundError, ValueError) as problem:
        raise Unreadable("file_gone") from problem


@transaction.atomic
def _store(upload: Upload, found: FileRead) -> None:
    """Rows, counts and fate, in one transaction."""
    if not _still_due(upload):
        return
    outcome = [_store_stream(upload.premises, stream) for stream in found.streams]
    _note(upload, found.understood)
    count = Outcome.of(outcome, found.understood)
    upload.rows_new, upload.rows_same = count.new, count.same
    upload.state = Upload.State.IMPORTED
    upload.messages = _same_file(upload) + count.messages(upload.rows_read)
    upload.claimed_until = None
    upload.save()
    tell_of_upload(upload)
    after_commit(announce, f"premises:{upload.premises_id}", "uploads")


def _store_stream(premises: Premises, stream: Stream) -> Stored:
    meter = meter_of(
        premises, commodity=stream.commodity, flow=stream.flow, unit=stream.unit
    )
    if meter.unit != stream.unit:
        raise Unreadable(
            "other_unit",
            commodity=stream.commodity,
            kept=meter.unit,
            came=stream.unit,
        )
    return store_intervals(meter, stream.intervals, reason="upload")


def _still_due(upload: Upload) -> bool:
    rows = Upload.objects.select_for_update().filter(pk=upload.pk)
    return rows.filter(state=Upload.State.READING).exists()


@transaction.atomic
def _ask(upload: Upload, understood: Understood) -> None:
    """A question is open: back to waiting for the person."""
    if not _still_due(upload):
        return
    _note(upload, understood)
    upload.state = Upload.State.PREVIEW
    upload.messages = [message("answer_needed")]
    upload.claimed_until = None
    upload.save()
    tell_of_upload(upload)
    after_commit(announce, f"premises:{upload.premises_id}", "uploads")


@transaction.atomic
def _refuse(upload: Upload, refusal: Unreadable) -> None:
    if not _still_due(upload):
        return
    upload.state = Upload.State.REFUSED
    upload.messages = [message(refusal.code, **refusal.facts)]
    upload.claimed_until = None
    upload.save()
    tell_of_upload(upload)
    after_commit(announce, f"premises:{upload.premises_id}", "uploads")


def drop_file(upload: Upload) -> None:
    """Forget the bytes of a file whose fate is decided: its rows are the data now."""
    decided = (Upload.State.IMPORTED, Upload.State.REFUSED)
    if upload.state in decided and upload.file:
        upload.file.delete(save=False)
        Upload.objects.filter(pk=upload.pk).update(file="")


def forget_old_previews() -> int:
    """Remove files nobody said yes to, and bytes a death left behind."""
    old = Upload.objects.filter(
        state=Upload.State.PREVIEW, updated_at__lt=timezone.now() - PREVIEW_KEPT
    )
    for upload in old:
        upload.file.delete(save=False)
    left = Upload.objects.filter(
        state__in=[Upload.State.IMPORTED, Upload.State.REFUSED]
    ).exclude(file="")
    for upload in left:
        drop_file(upload)
    return old.delete()[0]


# What a row says ----------------------------------------------------------------------


def _note(upload: Upload, understood: Understood) -> None:
    upload.understood = understood.as_json()
    upload.format = understood.format
    upload.rows_read = understood.readings + understood.refused_count
    upload.rows_refused = understood.refused_count
    upload.first, upload.last = understood.first, understood.last
    kwh = understood.kwh
    upload.kwh = None if kwh is None else round(kwh, 3)


def _same_file(upload: Upload) -> list[Message]:
    """Tell when this home was already given the very same bytes."""
    before = (
        Upload.objects.filter(
            premises_id=upload.premises_id,
            sha256=upload.sha256,
            state=Upload.State.IMPORTED,
        )
        .exclude(pk=upload.pk)
        .order_by("pk")
        .first()
    )
    if before is None:
        return []
    return [message("same_file", when=before.created_at.isoformat())]


# Files --------------------------------------------------------------------------------


def _new(
    premises: Premises, file: File[Any], name: str, answers: Answers, by: Person
) -> Upload:
    return Upload(
        premises=premises,
        by=by,
        name=_tidy(name),
        size=file.size,
        sha256=_digest(file),
        answers=dict(answers),
    )


def _tidy(name: str) -> str:
    """The last part of a name, without what a screen cannot show."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable())[:120]


def _digest(file: File[Any]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(_CHUNK):
        digest.update(piece)
    return digest.hexdigest()


def _save_with_file(upload: Upload, file: File[Any]) -> None:
    file.seek(0)
    upload.file.save(f"{uuid.uuid4().hex}.usage", file, save=False)
    upload.save()


def _look(premises: Premises, file: File[Any], answers: Answers) -> FileRead:
    """Read a file for this home; bytes in, columns out, nothing stored."""
    zone = (
        Meter.objects.filter(premises=premises, commodity=Meter.Commodity.ELECTRICITY)
        .values_list("zone", flat=True)
        .first()
    )
    return read_usage_file(
        cast("BinaryIO", file),
        answers=answers,
        zone=ZoneInfo(zone) if zone else SEOUL,
        now=timezone.now().timestamp(),
        limits=FACILITY if premises.is_facility else HOME,
    )
