"""A corpus of bad pictures, made here: every name says what is wrong with it.

`SECRET` stands wherever a picture can carry words; nothing stored may hold it.
"""

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache

import pillow_heif
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

SECRET = b"alert('37.3463,126.7386')"
SCRIPT = b"<script>" + SECRET + b"</script>"
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    b'photoshop:City="' + SECRET + b'"/></rdf:RDF></x:xmpmeta>'
)
ZIP = b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + SECRET + b"PK\x05\x06" + bytes(18)
HTML = b"<html><body onload=alert(1)>" + SCRIPT + b"</body></html>"
BOMB = (50_000, 50_000)


def drawn(width: int = 900, height: int = 600, mode: str = "RGB") -> Image.Image:
    """A picture in which the left half is red."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    return picture.convert(mode)


def written(kind: str, mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    drawn(mode=mode).save(out, kind, **more)
    return out.getvalue()


def told() -> Image.Exif:
    """What a phone writes: where, what, by whom, and a small copy of the picture."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Phone"
    exif[ExifTags.Base.Artist] = SCRIPT.decode()
    exif[ExifTags.Base.ImageDescription] = SCRIPT.decode()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = SCRIPT
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (37.0, 20.0, 46.68)
    gps[ExifTags.GPS.GPSLongitudeRef] = "E"
    gps[ExifTags.GPS.GPSLongitude] = (126.0, 44.0, 18.96)
    return exif


def profile() -> bytes:
    """A colour profile that carries words."""
    bare = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return struct.pack(">I", len(bare) + len(SECRET)) + bare[4:] + SECRET


def texts() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SCRIPT.decode())
    info.add_text("Zipped", SCRIPT.decode() * 50, zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return info


def animated(kind: str) -> bytes:
    frames = [drawn(), Image.new("RGB", (900, 600), "green")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def heic(**more: object) -> bytes:
    """As an iPhone writes it: HEVC in boxes, with Exif and XMP beside the picture."""
    file = pillow_heif.from_pillow(drawn())
    out = io.BytesIO()
    file.save(out, exif=told().tobytes(), xmp=XMP, **more)
    return out.getvalue()


def many_in_one_heic() -> bytes:
    file = pillow_heif.HeifFile()
    for picture in (drawn(), Image.new("RGB", (900, 600), "green")):
        file.add_from_pillow(picture)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def with_comment(jpeg: bytes) -> bytes:
    """Comments and application segments of its own, before the picture begins."""
    parts = b"".join(
        marker + struct.pack(">H", len(SCRIPT) + 2) + SCRIPT
        for marker in (b"\xff\xfe", b"\xff\xed", b"\xff\xe9")
    )
    return jpeg[:2] + parts + jpeg[2:]


def png_of(width: int, height: int, colour: int = 2, rows: bytes = b"") -> bytes:
    """A PNG that claims a size, whatever stands in it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + crc

    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    packed = rows or zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", packed)
        + chunk(b"IEND", b"")
    )


def jpeg_that_claims(width: int, height: int) -> bytes:
    """A small JPEG whose frame header says something else."""
    jpeg = written("JPEG")
    at = jpeg.index(b"\xff\xc0")
    size = struct.pack(">HH", height, width)
    return jpeg[: at + 5] + size + jpeg[at + 9 :]


def webp_that_claims(width: int, height: int) -> bytes:
    body = struct.pack("<I", 0) + struct.pack("<I", width - 1)[:3]
    body += struct.pack("<I", height - 1)[:3]
    riff = b"WEBPVP8X" + struct.pack("<I", 10) + body
    return b"RIFF" + struct.pack("<I", len(riff)) + riff


def gif_with_words() -> bytes:
    """A picture that is also a program: GIF89a=…"""
    out = io.BytesIO()
    drawn().save(out, "GIF")
    return b"GIF89a/*" + out.getvalue()[8:] + b"*/=1;" + SECRET


def svg() -> bytes:
    return b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>"


# What becomes a picture: everything but its pixels must be gone.
CLEANED: dict[str, Callable[[], bytes]] = {
    "jpeg with place and comments": lambda: with_comment(
        written("JPEG", exif=told(), xmp=XMP, icc_profile=profile())
    ),
    "png with place and texts": lambda: written(
        "PNG", exif=told(), pnginfo=texts(), icc_profile=profile()
    ),
    "webp with place": lambda: written(
        "WEBP", exif=told(), xmp=XMP, icc_profile=profile()
    ),
    "avif with place": lambda: written("AVIF", exif=told().tobytes(), xmp=XMP),
    "heic of a phone": heic,
    "many pictures in one heic": many_in_one_heic,
    "animated webp": lambda: animated("WEBP"),
    "animated png": lambda: animated("PNG"),
    "cmyk jpeg": lambda: written("JPEG", mode="CMYK", exif=told()),
    "grey png": lambda: written("PNG", mode="L", pnginfo=texts()),
    "png of 16 bits": lambda: written("PNG", mode="I;16"),
    "palette with transparency": lambda: written("PNG", mode="P", transparency=0),
    "progressive jpeg": lambda: written("JPEG", progressive=True, exif=told()),
    "jpeg and zip": lambda: written("JPEG", exif=told()) + ZIP,
    "jpeg and html": lambda: with_comment(written("JPEG")) + HTML,
    "png and php": lambda: written("PNG", pnginfo=texts()) + b"<?php " + SECRET,
}
# What becomes nothing: refused in words, and not a byte stored.
REFUSED: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "words": lambda: b"not a picture",
    "html": lambda: HTML,
    "svg": svg,
    "pdf and picture": lambda: b"%PDF-1.7\n" + SECRET + written("JPEG"),
    "zip": lambda: ZIP,
    "animated gif": lambda: animated("GIF"),
    "gif that is a program": gif_with_words,
    "tiff": lambda: written("TIFF"),
    "jpeg cut off": lambda: written("JPEG", quality=95)[:-2500],
    "png cut off": lambda: written("PNG")[:-200],
    "webp cut off": lambda: written("WEBP", lossless=True)[:-30],
    "heic cut off": lambda: heic()[:-300],
    "avif cut off": lambda: written("AVIF")[:-200],
    "only the head of a jpeg": lambda: written("JPEG")[:200],
    "png of 50,000 x 50,000": lambda: png_of(*BOMB),
    "jpeg of 50,000 x 50,000": lambda: jpeg_that_claims(*BOMB),
    "webp of 16,383 x 16,383": lambda: webp_that_claims(16_383, 16_383),
    "png without pixels": lambda: png_of(0, 0),
    "heic of nothing": lambda: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
}


@cache
def picture(name: str) -> bytes:
    """One of the corpus."""
    return (CLEANED | REFUSED)[name]()
