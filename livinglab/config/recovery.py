"""After a crash of the only process: whatever it held is free again."""

from django.apps import apps
from django.db.models import F
from django.db.models.functions import Greatest

from livinglab.kernel.models import Leased


def give_leases_back() -> int:
    """Release every lease of every kind of work row; how many there were.

    The attempt does not count: the process died, which says nothing of the work.
    """
    released = 0
    for model in apps.get_models():
        if issubclass(model, Leased):
            held = model._default_manager.exclude(claimed_until=None)
            released += held.update(
                claimed_until=None, attempts=Greatest(F("attempts") - 1, 0)
            )
    return released
