"""Components drawn once: the same values in the same language give the same HTML.

A component knows nothing of a request and asks nothing, so what it drew may be kept in
this process. What stands inside of a block is put in afterwards and is never kept.
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 4096
PLAIN = (str, int, float, type(None))
GAP = SafeString("\0")

# A value and its type: safe HTML and the same text are two values.
Values = tuple[tuple[str, type, Any], ...]


def component(name: str, values: dict[str, Any]) -> SafeString:
    """The HTML of a component; kept where all its values are plain."""
    said = {key: _in_words(value) for key, value in values.items()}
    if settings.DEBUG or not all(isinstance(one, PLAIN) for one in said.values()):
        return _draw(name, said)
    facts = tuple((key, type(value), value) for key, value in said.items())
    return _kept(name, get_language(), facts)


def around(name: str, content: str, values: dict[str, Any]) -> SafeString:
    """The HTML of a component that surrounds something."""
    before, _gap, after = component(name, values | {"content": GAP}).partition(GAP)
    return SafeString(f"{before}{conditional_escape(content)}{after}")


def _in_words(value: Any) -> Any:
    return str(value) if isinstance(value, Promise) else value


@lru_cache(maxsize=MOST)
def _kept(name: str, language: str | None, facts: Values) -> SafeString:
    return _draw(name, {key: value for key, _type, value in facts})


def _draw(name: str, values: dict[str, Any]) -> SafeString:
    return SafeString(get_template(f"components/{name}.html").render(values))
