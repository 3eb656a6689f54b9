"""Text as every database, feed and reader of XML can hold it. Pure."""

_UNWRITABLE = dict.fromkeys(
    set(range(32)) - {9, 10, 13} | set(range(0xD800, 0xE000)) | {0xFFFE, 0xFFFF}
)


def plain(text: str) -> str:
    """Without what XML 1.0 may not hold at all: NUL and its neighbours."""
    return text.translate(_UNWRITABLE)
