"""A worker as in production, given the pictures named on its command line.

Prints, as JSON, the most memory this process and the ones it started ever held (in
MB), and what became of each picture.
"""

import json
import os
import resource
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.config.settings.test")
django.setup()

from django.urls import get_resolver  # noqa: E402

from livinglab.kernel.images import PhotoRefused, clean_photo  # noqa: E402


def held() -> int:
    """The most this process ever held, since it is this program."""
    words = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()
    return int(words[0]) // 1024


def held_by_readers() -> int:
    """The most of those it started, each counted from its parent's size on."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def fate(path: Path) -> str:
    try:
        with path.open("rb") as photo:
            found = clean_photo(photo, size=path.stat().st_size)
    except PhotoRefused:
        return "refused"
    return f"{found.width} x {found.height}"


def main() -> None:
    assert len(get_resolver().url_patterns) > 5  # everything a worker has loaded
    before = held()
    fates = {Path(name).name: fate(Path(name)) for name in sys.argv[1:]}
    told = {
        "before": before,
        "worker": held(),
        "reader": held_by_readers(),
        "fates": fates,
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
