"""axe on a page: all rules once, then what colours and sizes change in each look."""

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

LOOKS: dict[str, dict[str, str]] = {
    "light": {},
    "dark": {"scheme": "dark"},
    "large": {"text-size": "1.5"},
    "high contrast": {"contrast": "high"},
    "high contrast dark": {"contrast": "high", "scheme": "dark"},
}
COLOURS = ["color-contrast"]
SIZES = ["target-size", "scrollable-region-focusable"]


@cache
def _script() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def faults(page: Page, look: str = "light") -> list[str]:
    """What axe objects to, in short; what no look changes is asked in the light.

    Whoever came here by a click waits for something of the new page before: until it
    is there the browser still answers for the old one.
    """
    page.wait_for_load_state()
    _put_on(page, LOOKS[look])
    if look == "light":
        return _run(page, {"resultTypes": ["violations"]})
    rules = SIZES if look == "large" else COLOURS
    only = {"type": "rule", "values": rules}
    return _run(page, {"resultTypes": ["violations"], "runOnly": only})


def faults_in_all_looks(page: Page) -> list[str]:
    """The same page in every look, without asking the server again."""
    return [f"{look}: {fault}" for look in LOOKS for fault in faults(page, look)]


def _put_on(page: Page, look: dict[str, str]) -> None:
    page.emulate_media(color_scheme="dark" if look.get("scheme") else "light")
    page.evaluate(
        """({size, contrast}) => {
          const root = document.documentElement;
          root.dataset.textSize = size;
          if (contrast) root.dataset.contrast = contrast;
          else delete root.dataset.contrast;
          root.offsetWidth;
          document.getAnimations().forEach(one => {
            if (one.effect.getComputedTiming().iterations !== Infinity) one.finish();
          });
        }""",
        {"size": look.get("text-size", "1"), "contrast": look.get("contrast", "")},
    )


def _run(page: Page, options: dict[str, Any]) -> list[str]:
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_script())
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:140]}" for one in found["violations"]
    ]
