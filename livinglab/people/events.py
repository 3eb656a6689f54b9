"""What happened to people; sent after commit with ids only."""

from django.dispatch import Signal

consent_given = Signal()  # person_id, purpose
consent_withdrawn = Signal()  # person_id, purpose
