"""What follows energy's own events, and events of lower floors."""

from typing import Any

from django.dispatch import receiver

from livinglab.energy.events import upload_received
from livinglab.energy.tasks.uploads import read_upload


@receiver(upload_received)
def read_it_soon(sender: Any, *, upload_id: int, **more: Any) -> None:
    read_upload.delay(upload_id)
