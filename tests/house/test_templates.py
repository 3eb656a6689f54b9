"""Templates: each loads, none borrows from another app, every form works alone."""

import json
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "livinglab" / "templates", *ROOT.glob("livinglab/*/templates")]
TEMPLATES = sorted(
    (folder, path.relative_to(folder))
    for folder in FOLDERS
    for path in folder.rglob("*")
    if path.suffix in {".html", ".txt"}
)
TEXTS = {str(name): (folder / name).read_text("utf-8") for folder, name in TEMPLATES}
SHARED = {
    "components",
    "frame",
    "base.html",
    "emails",
    "allauth",
    "account",
    "mfa",
    "admin",
    "unfold",
}
LONGEST = 120


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda pair: str(pair[1]))
def test_a_template_loads(template):
    get_template(str(template[1]))


def _owner(folder: Path) -> str:
    return folder.parent.name if folder.parent.name != "livinglab" else ""


def test_no_app_includes_another_apps_template():
    borrowed = []
    for folder, name in TEMPLATES:
        text = (folder / name).read_text("utf-8")
        for used in re.findall(r'{%\s*(?:include|extends)\s+"([^"]+)"', text):
            first = used.split("/")[0]
            if first not in SHARED and first != _owner(folder):
                borrowed.append(f"{name} uses {used}")
    assert not borrowed


def _with_pieces(form: str) -> str:
    """A form with the pieces it includes by name."""
    named = re.findall(r'{%\s*include\s+"([^"]+)"', form)
    return form + "".join(TEXTS.get(piece, "") for piece in named)


def test_every_form_that_sends_carries_a_token():
    bare = []
    for name, text in TEXTS.items():
        for form in re.findall(r'<form[^>]*method="post".*?</form>', text, re.S):
            if "csrf_token" not in _with_pieces(form):
                bare.append(str(name))
    assert not bare


def _is_letter(name: Path, text: str) -> bool:
    """Mail programs know no style sheets, and no policy of ours."""
    return name.parts[0] == "emails" or '{% extends "emails/' in text


def test_no_page_needs_inline_script_or_style():
    found = []
    for folder, name in TEMPLATES:
        text = (folder / name).read_text("utf-8")
        if name.suffix != ".html" or _is_letter(name, text):
            continue
        if re.search(r'\sstyle="|<style|\son\w+="|hx-on|<script(?![^>]*src=)', text):
            found.append(str(name))
    assert not found


def test_templates_stay_short():
    long = [
        str(name)
        for folder, name in TEMPLATES
        if len((folder / name).read_text("utf-8").splitlines()) > LONGEST
    ]
    assert not long


def test_every_icon_that_is_asked_for_is_taken_along():
    known = set(json.loads((ROOT / "frontend" / "icons.json").read_text()))
    asked = set()
    for folder, name in TEMPLATES:
        text = (folder / name).read_text("utf-8")
        asked |= set(re.findall(r'{%\s*icon\s+"([^"]+)"', text))
        asked |= set(re.findall(r'\bicon="([^"]+)"', text))
    assert asked <= known
