"""Settings come from the environment, and the example names every one of them."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from livinglab.config import env

ROOT = Path(__file__).resolve().parents[2]
ASKED = re.compile(r"env\.(?:text|flag|number|words|secret|pool_of)\(\s*\"(\w+)\"")
# Where one develops, shows, or keeps SQLite: no business of a city's servers.
NOT_OF_A_SERVER = {
    "LIVINGLAB_SQLITE",
    "LIVINGLAB_DEMO",
    "LIVINGLAB_FRONTEND_DIST",
}


def test_the_example_names_every_setting_of_a_server():
    folder = ROOT / "livinglab" / "config"
    sources = "".join(
        path.read_text("utf-8")
        for path in folder.rglob("*.py")
        if path.stem not in ("dev", "test")
    )
    asked = set(ASKED.findall(sources)) | {
        f"{name}_{part}"
        for name in re.findall(r'_app\("(\w+)"\)', sources)
        for part in ("CLIENT_ID", "SECRET")
    }
    example = (ROOT / "deploy" / "livinglab.env.example").read_text("utf-8")
    units = "".join(p.read_text("utf-8") for p in (ROOT / "deploy").glob("*.service"))
    named = set(re.findall(r"^#?(\w+)=", example, re.M))
    named |= set(re.findall(r"^Environment=(\w+)=", units, re.M))
    assert len(asked) > 40
    assert asked - named == NOT_OF_A_SERVER


def test_a_pool_is_as_large_as_asked_and_none_without_a_number(monkeypatch):
    monkeypatch.delenv("POOL", raising=False)
    assert env.pool_of("POOL") is False
    monkeypatch.setenv("POOL", "1")
    assert env.pool_of("POOL") == {"min_size": 1, "max_size": 1, "timeout": 20}
    monkeypatch.setenv("POOL", "12")
    assert env.pool_of("POOL") == {"min_size": 2, "max_size": 12, "timeout": 20}
    monkeypatch.setenv("POOL", "many")
    with pytest.raises(ImproperlyConfigured):
        env.pool_of("POOL")
