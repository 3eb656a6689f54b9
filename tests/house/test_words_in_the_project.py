"""The project's text speaks of the project alone."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Built from parts so that this file does not hold what it forbids.
FORBIDDEN = re.compile(
    "|".join(["/" + "work/", "/" + "root/", "/" + "tmp/lab", "pypi" + r"\.org"])
)
TEXT = {".py", ".md", ".toml", ".ts", ".css", ".html", ".json", ".txt", ".po", ""}


def test_no_file_names_a_machine_or_a_registry():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = [
        name
        for name in listed.stdout.split()
        if (ROOT / name).is_file()
        and Path(name).suffix in TEXT
        and FORBIDDEN.search((ROOT / name).read_text(errors="ignore"))
    ]
    assert not found
