"""The living page of components: complete, drawn without a flaw, not in production."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from livinglab.pages.gallery import ENTRIES, sample_facts

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "frontend" / "src" / "styles"
COMPONENTS = ROOT / "livinglab" / "templates" / "components"
VOID = {"br", "hr", "img", "input", "link", "meta", "rect", "line", "path"}


def blocks(sheet: Path) -> set[str]:
    """The blocks a style sheet dresses: ll-card of ll-card__title--large."""
    names = re.findall(r"\.(ll-[a-z-]+?)(?=__|--|[^a-z-])", sheet.read_text("utf-8"))
    return {name.rstrip("-") for name in names}


def test_every_style_sheet_of_a_component_has_its_entry():
    sheets = {path.stem for path in (STYLES / "components").glob("*.css")}
    assert sheets == {entry.name for entry in ENTRIES}


def test_every_style_sheet_of_a_component_is_loaded():
    index = (STYLES / "index.css").read_text("utf-8")
    for entry in ENTRIES:
        assert f'"./components/{entry.name}.css"' in index


def test_every_template_of_a_component_has_its_entry():
    drawn = [name for entry in ENTRIES for name in entry.templates]
    assert sorted(drawn) == sorted(path.stem for path in COMPONENTS.glob("*.html"))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_example_is_drawn_and_dressed(entry):
    source = (ROOT / "livinglab/pages/templates" / entry.page).read_text("utf-8")
    text = render_to_string(entry.page, sample_facts())
    assert text.count("<h3") >= len(re.findall(r"{% example ", source)) > 0
    dressed = blocks(STYLES / "components" / f"{entry.name}.css")
    assert any(re.search(rf"\b{block}\b", text) for block in dressed)


class Ids(HTMLParser):
    """Every id of a page and every open element."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_sound_html(client, db):
    page = Ids()
    page.feed(client.get("/ui/").text)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))


def test_the_page_is_not_there_in_production(client, db, settings):
    settings.GALLERY = False
    assert client.get("/ui/").status_code == 404


def test_no_class_is_dressed_that_nobody_wears():
    used = "".join(
        path.read_text("utf-8")
        for folder, kind in (("livinglab", "*.html"), ("livinglab", "*.py"))
        for path in (ROOT / folder).rglob(kind)
        if "/pages/ui/" not in str(path)
    )
    used += "".join(
        path.read_text("utf-8") for path in (ROOT / "frontend/src").rglob("*.ts")
    )
    worn = set(re.findall(r"ll-[\w-]+", used))
    dressed = {
        name
        for sheet in STYLES.rglob("*.css")
        for name in re.findall(r"\.(ll-[\w-]+)", sheet.read_text("utf-8"))
        if "--" not in name  # kinds are put together from values
    }
    assert not dressed - worn
