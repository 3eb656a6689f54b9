"""What happens to goals; sent after commit, ids only."""

from django.dispatch import Signal

measurement_due = Signal()  # goal_id
goal_measured = Signal()  # goal_id
