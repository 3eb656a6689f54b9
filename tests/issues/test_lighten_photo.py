"""Smaller copies of photos: made behind, of exactly the pixels that are kept."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image, ImageChops, ImageStat

from livinglab.issues.models import Photo
from livinglab.issues.models.photos import MOST_ATTEMPTS, SIZES
from livinglab.issues.services import lighter
from livinglab.issues.services.drafts import keep_half, move_photos, photos_of
from livinglab.issues.services.lighter import lighten, lighten_due_photos
from livinglab.issues.services.photos import (
    SentPhoto,
    add_photo,
    cover_places,
    remove_photo,
)
from livinglab.issues.tasks import sweep_issues
from livinglab.kernel import images, pictures
from livinglab.people.models import FileToErase
from livinglab.people.services.files import erase_due_files
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoder in this process; tests/images runs the one of its own."""

    def here(picture: Any, *_how: str) -> Any:
        return pictures.lighter(picture)

    monkeypatch.setattr(images, "_sized_elsewhere", here)


def street(width: int = 320, height: int = 240) -> BytesIO:
    """Soft colours with grain, as a camera sees them."""
    small = Image.effect_noise((width // 16, height // 16), 90).convert("RGB")
    picture = small.resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((width, height), 24).convert("RGB")
    written = BytesIO()
    Image.blend(picture, grain, 0.2).save(written, "PNG", compress_level=1)
    written.seek(0)
    return written


@pytest.fixture
def citizen(db: None) -> Any:
    return make.resident()


@pytest.fixture
def photo(citizen: Any) -> Photo:
    return added(world.issue(citizen))


def added(thing: Any) -> Photo:
    file = street()
    return add_photo(thing, file, size=file.getbuffer().nbytes)[0]


def light(photo: Photo) -> list[str]:
    """The names of the smaller copies."""
    photo.refresh_from_db()
    names = [getattr(photo, f"{size}_avif").name for size in SIZES]
    return [name for name in names if name]


def stored_avif() -> list[str]:
    """Every AVIF file there is, whoever points to it."""
    try:
        folders, _files = default_storage.listdir("issues")
    except FileNotFoundError:
        return []
    found = [f"issues/{f}/{n}" for f in folders for n in _names(f)]
    return [name for name in found if name.endswith(".avif")]


def _names(folder: str) -> list[str]:
    return default_storage.listdir(f"issues/{folder}")[1]


def test_every_size_is_there_in_fewer_bytes_and_alike(photo: Photo) -> None:
    assert light(photo) == []
    assert lighten(photo.pk)
    assert len(light(photo)) == 3
    assert photo.is_light
    assert photo.claimed_until is None
    for size in SIZES:
        heavy, less = getattr(photo, size), getattr(photo, f"{size}_avif")
        assert less.size < heavy.size
        with Image.open(less.open()) as seen, Image.open(heavy.open()) as before:
            assert seen.format == "AVIF"
            assert seen.size == before.size
            far = ImageChops.difference(seen.convert("RGB"), before.convert("RGB"))
            assert max(ImageStat.Stat(far).mean) < 8


def test_a_photo_is_lightened_once(photo: Photo) -> None:
    assert lighten(photo.pk)
    before = light(photo)
    assert not lighten(photo.pk)
    assert light(photo) == before


def test_whoever_works_on_it_is_not_disturbed(photo: Photo) -> None:
    Photo.objects.filter(pk=photo.pk).claim(seconds=60)
    assert not lighten(photo.pk)
    assert not lighter.is_any_due()


def test_a_dead_worker_leaves_it_to_the_sweep(photo: Photo) -> None:
    gone = timezone.now() - timedelta(seconds=1)
    Photo.objects.filter(pk=photo.pk).update(claimed_until=gone, attempts=1)
    sweep_issues()
    assert len(light(photo)) == 3


def test_photos_from_before_are_found_by_the_sweep(citizen: Any, photo: Photo) -> None:
    other = added(world.issue(citizen))
    sweep_issues()
    assert len(light(photo)) == len(light(other)) == 3
    assert FileToErase.objects.count() == 0


def test_the_arrival_wakes_it(
    citizen: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        photo = added(world.issue(citizen))
    assert len(light(photo)) == 3


def test_a_draft_waits_until_it_is_a_report(
    citizen: Any, django_capture_on_commit_callbacks: Any
) -> None:
    file = street()
    sent = SentPhoto(file=file, size=file.getbuffer().nbytes)
    with django_capture_on_commit_callbacks(execute=True):
        draft = keep_half(citizen, {}, [sent])
    (photo,) = photos_of(draft)
    assert light(photo) == []
    with django_capture_on_commit_callbacks(execute=True):
        move_photos(draft, world.issue(citizen), citizen)
    assert len(light(photo)) == 3


def test_what_cannot_be_read_is_given_up_and_harms_nobody(
    citizen: Any, photo: Photo
) -> None:
    default_storage.delete(photo.full.name)
    for _try in range(MOST_ATTEMPTS + 1):
        lighten(photo.pk)
        Photo.objects.update(claimed_until=None)
    photo.refresh_from_db()
    assert (photo.is_light, photo.attempts) == (False, MOST_ATTEMPTS)
    assert not lighter.is_any_due()
    other = added(world.issue(citizen))
    assert not lighten_due_photos()
    assert len(light(other)) == 3


def test_a_copy_that_is_not_smaller_is_not_kept(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = lighter._made(photo)
    made["thumb"].size = 10**6
    monkeypatch.setattr(lighter, "_made", lambda _photo: made)
    assert lighten(photo.pk)
    assert len(light(photo)) == 2
    assert not photo.thumb_avif
    assert photo.is_light


def test_covered_pixels_are_in_no_kind_of_file(citizen: Any, photo: Photo) -> None:
    lighten(photo.pk)
    before = light(photo)
    cover_places(photo, [(0.0, 0.0, 0.5, 1.0)], by=citizen)
    assert light(photo) == []
    assert not photo.is_light
    erase_due_files()
    assert not any(map(default_storage.exists, before))
    assert not stored_avif_of(photo)

    assert lighten(photo.pk)
    assert not set(light(photo)) & set(before)
    for size in SIZES:
        with Image.open(getattr(photo, f"{size}_avif").open()) as seen:
            grey = seen.convert("L")
            half = (seen.width // 2 - 4, seen.height)
            low, high = grey.crop((0, 0, *half)).getextrema()
            assert high - low < 24
            low, high = grey.crop((half[0] + 8, 0, *seen.size)).getextrema()
            assert high - low > 60


def test_a_photo_covered_meanwhile_gets_nothing_of_before(
    citizen: Any, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = lighter._made(photo)

    def covered_meanwhile(_photo: Photo) -> Any:
        cover_places(photo, [(0.0, 0.0, 1.0, 1.0)], by=citizen)
        return made

    monkeypatch.setattr(lighter, "_made", covered_meanwhile)
    assert not lighten(photo.pk)
    assert light(photo) == []
    erase_due_files()
    assert not stored_avif_of(photo)
    assert lighter.is_any_due()  # the covered ones are still to be made


def test_a_photo_removed_meanwhile_leaves_no_file(
    citizen: Any, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = lighter._made(photo)

    def removed_meanwhile(there: Photo) -> Any:
        remove_photo(Photo.objects.get(pk=there.pk), by=citizen)
        return made

    monkeypatch.setattr(lighter, "_made", removed_meanwhile)
    assert not lighten(photo.pk)
    erase_due_files()
    assert not stored_avif_of(photo)


def test_removing_a_photo_takes_every_kind_of_file(citizen: Any, photo: Photo) -> None:
    lighten(photo.pk)
    photo.refresh_from_db()
    names = photo.stored_names
    assert len(names) == 6
    assert all(map(default_storage.exists, names))
    remove_photo(photo, by=citizen)
    erase_due_files()
    assert not any(map(default_storage.exists, names))


def stored_avif_of(photo: Photo) -> list[str]:
    return [name for name in stored_avif() if photo.key.hex in name]
