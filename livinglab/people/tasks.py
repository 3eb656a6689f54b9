"""What wakes the work of people's rows: the rows say what is due."""

from celery import shared_task

from livinglab.kernel.rows import each_apart
from livinglab.people.services import (
    answers,
    downloads,
    files,
    guardians,
    guests,
    helping,
    leaving,
    letters,
    sessions,
    sign_ups,
)


@shared_task
def make_download(download_id: int) -> None:
    """Make one download. Safe to run twice; what is gone or done is passed over."""
    downloads.make_download(download_id)


@shared_task
def erase_due_files() -> None:
    """Erase stored files nobody may have any more. Safe to run twice."""
    files.erase_due_files()


@shared_task
def send_due_letters() -> None:
    """Send letters outside of the inbox. Safe to run twice."""
    letters.send_due_letters()


@shared_task
def sweep_people() -> None:
    """Do what a lost message or a dead worker left, and what time has ended."""
    each_apart(
        downloads.expire_downloads,
        leaving.erase_due_leavers,
        helping.end_help_that_is_over,
        leaving.forget_old_proofs,
        files.erase_due_files,
        letters.send_due_letters,
        downloads.make_due_downloads,
        answers.forget_old_answers,
    )


@shared_task
def sweep_sign_ups() -> None:
    """What was begun and never finished goes in time. Safe to run twice."""
    each_apart(
        guardians.end_unanswered_questions,
        guests.drop_expired_guests,
        sign_ups.drop_unfinished_sign_ups,
    )


@shared_task
def forget_expired_sessions() -> None:
    """Nothing else takes old sessions out of their table. Safe to run twice."""
    sessions.forget_expired_sessions()
