"""Does a text look like advertising? Then somebody looks before it is published.

Pure and deliberately blunt: it holds back, it never deletes, and the author is told.
"""

import re

MOST_LINKS = 1
_LINK = re.compile(
    r"(https?://|www\.)\S+|\b[\w-]+\.(?:com|net|io|kr|xyz|top|shop)/\S*", re.I
)
_SELLS = re.compile(
    r"카지노|바카라|토토사이트|대출\s*문의|텔레그램\s*문의|casino|viagra", re.I
)


def looks_like_spam(words: str, *, is_guest: bool) -> bool:
    """More links than a report needs (none from a guest), or words of sellers."""
    links = len(_LINK.findall(words))
    return links > (0 if is_guest else MOST_LINKS) or bool(_SELLS.search(words))
