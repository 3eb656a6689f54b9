"""A reader that is not ours: what metadata a picture holds."""

from typing import Any

import pyexiv2


def metadata(image: bytes) -> list[Any]:
    """Whatever exiv2 finds: Exif, IPTC, XMP, colour profile, comment."""
    with pyexiv2.ImageData(image) as seen:
        found = [
            seen.read_exif(),
            seen.read_iptc(),
            seen.read_raw_xmp(),
            seen.read_icc(),
            seen.read_comment(),
        ]
    return [one for one in found if one]
