"""What follows people's own events: the work wakes."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from livinglab.people.events import (
    consent_withdrawn,
    download_asked,
    files_due,
    letters_due,
)
from livinglab.people.models import Consent, Person
from livinglab.people.second_factor import STRONG, note_second_factor
from livinglab.people.services.helping import end_all_help
from livinglab.people.tasks import erase_due_files, make_download, send_due_letters


@receiver(download_asked)
def make_it_soon(sender: Any, *, download_id: int, **more: Any) -> None:
    make_download.delay(download_id)


@receiver(files_due)
def erase_them_soon(sender: Any, **more: Any) -> None:
    erase_due_files.delay()


@receiver(letters_due)
def send_them_soon(sender: Any, **more: Any) -> None:
    send_due_letters.delay()


@receiver(consent_withdrawn)
def end_help_at_once(sender: Any, *, person_id: int, purpose: str, **more: Any) -> None:
    person = Person.objects.filter(pk=person_id).first()
    if purpose == Consent.Purpose.HELPING and person is not None:
        end_all_help(person)


@receiver(authenticator_added)
def wake_the_roles(
    sender: Any,
    *,
    request: HttpRequest,
    user: Person,
    authenticator: Authenticator,
    **more: Any,
) -> None:
    """Whoever just set a second factor up has shown it in this session."""
    if authenticator.type in STRONG:
        note_second_factor(request, user, authenticator.type)
