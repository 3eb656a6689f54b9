"""A report somebody called in or said at the counter, typed in by the city."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from livinglab.issues.models import Issue, Note
from livinglab.issues.services.reporting import Reported, Said, report_issue
from livinglab.kernel.permissions import require
from livinglab.people.models import Person


@transaction.atomic
def enter_report(said: Said, *, by: Person) -> Reported:
    """Take it as any other, once for its key; a note says who typed it in.

    It is nobody's account's: who called is reached by what they left for questions.
    """
    require(by, "issues.enter_report", said.category.city)
    reported = report_issue(replace(said, channel=Issue.Channel.STAFF), by=None)
    if reported.is_new:
        words = _("Typed in for somebody who called or came by.")
        Note.objects.create(issue=reported.issue, words=words, by=by)
    return reported
