"""What wakes the reading of files: the rows say which are due."""

from celery import shared_task

from livinglab.energy.models import Upload
from livinglab.energy.services import erasure, uploads


@shared_task
def read_upload(upload_id: int) -> None:
    """Read one received file. Safe to run twice; gone files are passed over."""
    uploads.read_upload(upload_id)


@shared_task
def sweep_uploads() -> None:
    """Read what a lost message or a dead worker left; forget what must not stay."""
    for upload_id in list(Upload.objects.due().free().values_list("pk", flat=True)):
        uploads.read_upload(upload_id)
    uploads.forget_old_previews()
    erasure.erase_withdrawn()


@shared_task
def erase_withdrawn() -> None:
    """Erase what hangs on consents that were withdrawn. Safe to run twice."""
    erasure.erase_withdrawn()
