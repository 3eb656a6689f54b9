"""Letters of one's account in our look: the HTML says what the text says, no more."""

import re
from collections.abc import Iterator

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

SIGNATURE = "\n--\n"
LINK = re.compile(r"https?://\S+")
Part = tuple[str, str]


def in_our_frame(
    letter: EmailMultiAlternatives, *, code: str = ""
) -> EmailMultiAlternatives:
    """The letter with its text as HTML beside it; a code stands out."""
    if any(kind == "text/html" for _body, kind in letter.alternatives):
        return letter
    parts = list(_parts(str(letter.body), code))
    facts = {"subject": letter.subject, "parts": parts}
    html = render_to_string("people/letter_frame.html", facts)
    letter.attach_alternative(html, "text/html")
    return letter


def _parts(text: str, code: str) -> Iterator[Part]:
    """Words, links and the code, in their order; without the signature."""
    words, _cut, _signature = f"\n{text.strip()}\n".partition(SIGNATURE)
    for paragraph in re.split(r"\n\s*\n", words.strip()):
        said: list[str] = []
        for line in map(str.strip, paragraph.splitlines()):
            kind = _kind(line, code)
            if not kind:
                said.append(line)
                continue
            if said:
                yield "words", " ".join(said)
                said = []
            yield kind, line
        if said:
            yield "words", " ".join(said)


def _kind(line: str, code: str) -> str:
    if code and line == code:
        return "code"
    return "link" if LINK.fullmatch(line) else ""
