"""No picture takes a worker, or the reader it starts, over 300 MB."""

import json
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image

from livinglab.kernel.pictures import MOST_OF_OTHERS, MOST_PIXELS
from tests.images.corpus import BOMB, jpeg_that_claims, png_of

ROOT = Path(__file__).resolve().parents[2]
WORKER = Path(__file__).with_name("worker.py")
MOST_MB = 300


def side(pixels: int) -> int:
    """Of a square of at most so many pixels."""
    return int(pixels**0.5)


def large_png(pixels: int) -> bytes:
    """With alpha, as large as it may be, written row by row."""
    packed, width = zlib.compressobj(1), side(pixels)
    row = b"\0" + bytes((200, 30, 30, 128)) * width
    rows = b"".join(packed.compress(row) for _each in range(width)) + packed.flush()
    return png_of(width, width, colour=6, rows=rows)


def ask(pictures: list[Path]) -> Any:
    """What a fresh worker says of them."""
    done = subprocess.run(
        [sys.executable, str(WORKER), *map(str, pictures)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


def assert_within(told: Any) -> None:
    assert told["worker"] < MOST_MB, told
    assert told["reader"] < MOST_MB, told
    # Whatever comes, the worker itself grows by no more than a phone's own picture.
    assert told["worker"] - told["before"] < 60, told


# Of each kind, how the largest that is taken is written.
LARGEST: dict[str, Callable[[Path, Image.Image], Any]] = {
    "heif": lambda path, it: pillow_heif.from_pillow(it).save(path, quality=40),
    "avif": lambda path, it: it.save(path, "AVIF", quality=40, speed=10),
    "webp": lambda path, it: it.save(path, "WEBP", quality=60, method=0),
    "jpeg": lambda path, it: it.save(path, "JPEG", quality=60),
    "progressive": lambda path, it: it.save(
        path, "JPEG", progressive=True, subsampling=0
    ),
}


def test_the_largest_png_and_the_bombs_leave_a_worker_small(tmp_path):
    files = {
        "largest.png": large_png(MOST_PIXELS["PNG"]),
        "larger.png": png_of(
            side(MOST_PIXELS["PNG"]) + 1, side(MOST_PIXELS["PNG"]) + 1
        ),
        "bomb.png": png_of(*BOMB),
        "bomb.jpg": jpeg_that_claims(*BOMB),
        "liar.jpg": jpeg_that_claims(14_000, 14_000),
    }
    for name, written in files.items():
        (tmp_path / name).write_bytes(written)

    told = ask([tmp_path / name for name in files])

    assert_within(told)
    fates = told["fates"]
    taken = [fates.pop("largest.png"), fates.pop("liar.jpg")]
    assert taken == ["2048 x 2048", "2048 x 2048"]
    assert set(fates.values()) == {"refused"}


@pytest.mark.slow
@pytest.mark.parametrize("kind", LARGEST)
def test_the_largest_of_every_kind_leaves_a_worker_small(tmp_path, kind):
    most = {"jpeg": 210_000_000, "webp": MOST_PIXELS["WEBP"]}.get(kind, MOST_OF_OTHERS)
    width = side(most)
    striped = Image.linear_gradient("L").resize((width, width)).convert("RGB")
    LARGEST[kind](tmp_path / kind, striped)

    told = ask([tmp_path / kind])

    assert_within(told)
    assert told["fates"] == {kind: "2048 x 2048"}
