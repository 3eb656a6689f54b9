"""Small acts at the JSON door of reports."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from livinglab.issues.models import (
    Issue,
    Photo,
)
from livinglab.issues.services.photos import add_photo
from tests.kernel.test_clean_photo import photo

HERE = "/api/v1/issues/"


def at(issue: Issue, verb: str = "") -> str:
    return f"{HERE}{issue.pk}/{verb}"


def send(client: Any, address: str, **sent: Any) -> Any:
    return client.post(address, json.dumps(sent), content_type="application/json")


def jpeg(width: int = 640) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", photo(width, 480).getvalue(), "image/jpeg")


def with_photo(issue: Issue, **facts: Any) -> Photo:
    taken = jpeg()
    row, _clean = add_photo(issue, taken, size=taken.size or 0)
    Photo.objects.filter(pk=row.pk).update(**facts)
    return row
