"""What happened to reports, told after commit, ids only."""

from django.dispatch import Signal

issue_reported = Signal()  # issue_id
issue_changed = Signal()  # issue_id, change_id
issue_supported = Signal()  # issue_id
verdict_given = Signal()  # verdict_id
appeal_made = Signal()  # appeal_id
appeal_decided = Signal()  # appeal_id
outcome_noted = Signal()  # outcome_id
photos_due = Signal()  # photos of reports have no smaller copies yet
