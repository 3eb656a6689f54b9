"""What wakes the work of reporting: rows say who is to be told, asked, reminded."""

from celery import shared_task

from livinglab.issues.services import (
    counting,
    drafts,
    learning,
    lighter,
    news,
    outcomes,
    reminding,
    telling,
    verdicts,
)


@shared_task
def tell_of_change(change_id: int) -> None:
    """Tell followers of one change, and ask what it asks. Safe to run twice."""
    telling.tell_of_change(change_id)
    ask_due_verdicts()


@shared_task
def tell_of_outcome(outcome_id: int) -> None:
    """Tell the people behind a report what it became. Safe to run twice."""
    outcomes.tell_of_outcome(outcome_id)


@shared_task
def ask_due_verdicts() -> None:
    """Ask whoever is to be asked by now. Safe to run twice."""
    for verdict_id in verdicts.due_verdicts():
        verdicts.ask_verdict(verdict_id)


@shared_task
def sweep_issues() -> None:
    """Wake what a lost message or a dead worker left, a task for each row."""
    for change_id in telling.changes_to_tell():
        tell_of_change.delay(change_id)
    for outcome_id in outcomes.outcomes_to_tell():
        tell_of_outcome.delay(outcome_id)
    ask_due_verdicts()
    if learning.is_any_due():
        learn_what_is_due.delay()
    if lighter.is_any_due():
        lighten_photos.delay()


@shared_task
def lighten_photos() -> None:
    """Photos of reports as AVIF too, a few at a time. Safe to run twice."""
    if lighter.lighten_due_photos():
        lighten_photos.delay()


@shared_task
def remind_of_late_issues() -> None:
    """On work days: whom a broken promise or a silence concerns. Safe to run twice."""
    reminding.remind_of_late_work()


@shared_task
def tell_of_followed_places() -> None:
    """Once a day: what is new at followed places. Safe to run twice."""
    news.tell_of_places()


@shared_task
def plan_learning() -> None:
    """Once a night: cities with enough new reports learn again. Safe to run twice."""
    learning.plan_learning()
    learn_what_is_due.delay()


@shared_task
def learn_what_is_due() -> None:
    """Learn the versions that are due. Safe to run twice."""
    learning.learn_what_is_due()


@shared_task
def forget_old_drafts() -> None:
    """Photos of reports nobody sent. Safe to run twice."""
    drafts.forget_old_photos()


@shared_task
def count_the_service() -> None:
    """Once an hour: the figures everybody may look at. Safe to run twice."""
    counting.count_the_service()
