"""What goals tell the floors above, after commit, ids only."""

from django.dispatch import Signal

# goal_id
goal_measured = Signal()
