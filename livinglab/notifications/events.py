"""What happened to notices; sent after commit with ids only."""

from django.dispatch import Signal

notices_due = Signal()  # deliveries wait; the rows say which
inbox_changed = Signal()  # person_ids
