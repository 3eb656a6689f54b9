"""What people gave leaves as a download, never as a page of ours."""

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from tests import make


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["xml", "csv"])
def test_an_export_is_a_download(kind, client, resident):
    home = make.premises(resident, name='<script>alert("1")</script>')
    client.force_login(resident)
    answer = client.get(f"/api/v1/premises/{home.pk}/export.{kind}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["uploads/1/usage.csv", "photos/1.jpg", ""])
def test_the_folder_of_files_has_no_address(name):
    with pytest.raises(Resolver404):
        resolve(f"{settings.MEDIA_URL}{name}")


@pytest.mark.django_db
def test_a_name_of_a_file_is_only_words(client, resident):
    home = make.premises(resident, name="<img src=x onerror=alert(1)>")
    client.force_login(resident)
    text = client.get(f"/energy/homes/{home.pk}/").text
    assert "<img src=x" not in text
    assert "&lt;img src=x" in text
