"""Does a text look like advertising? Then somebody looks before it is published.

Pure and deliberately blunt: it holds back, it never deletes, and the author is told.
"""

import re

_LINK = re.compile(
    r"(https?://|www\.)\S+|\b[\w-]+\.(?:com|net|io|kr|xyz|top|shop)/\S*", re.I
)
_SELLS = re.compile(
    r"카지노|바카라|토토사이트|대출\s*문의|텔레그램\s*문의|casino|viagra", re.I
)


def looks_like_spam(words: str, *, most_links: int) -> bool:
    """More links than its sender is trusted with, or words of sellers."""
    return len(_LINK.findall(words)) > most_links or bool(_SELLS.search(words))
