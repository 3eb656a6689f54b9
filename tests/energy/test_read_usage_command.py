"""`manage.py read_usage FILE`: what was understood, or one sentence and exit 1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

CSV = "일시,사용량(kWh)\n" + "".join(
    f"2025-09-01 {hour:02d}:00,0.25\n" for hour in range(24)
)


def run(capsys: Any, path: Path, *options: str) -> tuple[str, str, int]:
    code = 0
    try:
        with translation.override("en"):
            call_command("read_usage", str(path), *options)
    except SystemExit as left:
        code = int(left.code or 0)
    said = capsys.readouterr()
    return said.out, said.err, code


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "usage.csv"
    path.write_bytes(CSV.encode("cp949"))
    return path


def test_it_says_what_it_understood_as_json(file: Path, capsys: Any) -> None:
    out, _err, code = run(capsys, file, "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["format"], told["encoding"], told["commodity"]) == (
        "csv",
        "cp949",
        "electricity",
    )
    assert (told["resolution_s"], told["readings"], told["kwh"]) == (3600, 24, "6")
    for name in ("unit", "blocks", "first", "last", "gaps", "duplicates", "refused"):
        assert name in told


def test_it_says_it_in_words_too(file: Path, capsys: Any) -> None:
    out, _err, code = run(capsys, file)
    assert code == 0
    assert "kwh: 6\n" in out


def test_a_refusal_is_one_sentence_and_exit_1(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "empty.csv"
    path.touch()
    out, err, code = run(capsys, path)
    assert (out, err, code) == ("", "The file is empty.\n", 1)
    out, _err, code = run(capsys, path, "--json")
    assert (json.loads(out)["refused"], code) == ("empty", 1)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, capsys: Any) -> None:
    assert run(capsys, tmp_path / "none.csv")[2] == 1


def test_questions_can_be_answered(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "bare.csv"
    path.write_text(CSV.replace("(kWh)", ""))
    assert "--answer unit=kWh" in run(capsys, path)[0]
    assert "kwh: 6\n" in run(capsys, path, "--answer", "unit=kWh")[0]
