"""What places tell the floors above, after commit, ids only."""

from django.dispatch import Signal

# city_id
boundaries_loaded = Signal()
