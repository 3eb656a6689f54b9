"""Verbs of notices: tell, read, choose, subscribe, deliver."""

from livinglab.notifications.services.telling import (
    Told,
    notify,
    notify_all,
    withdraw_notices,
)

__all__ = ["Told", "notify", "notify_all", "withdraw_notices"]
