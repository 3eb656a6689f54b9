"""What happened to energy data; sent after commit with ids only."""

from django.dispatch import Signal

upload_received = Signal()  # upload_id
usage_imported = Signal()  # premises_id
savings_due = Signal()  # premises_ids or None for "look yourself"
savings_computed = Signal()  # premises_ids
outlooks_due = Signal()
areas_due = Signal()  # city_id
areas_computed = Signal()  # city_id
