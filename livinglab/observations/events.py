"""What observations tell the floors above, after commit, ids and days only."""

from django.dispatch import Signal

# station_id: int, days: tuple[date, ...] (sorted): daily temperatures of these days
# are new or different. A receiver must be safe to run twice: an announcement is
# repeated until every receiver has returned without an error.
weather_changed = Signal()
