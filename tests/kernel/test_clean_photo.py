"""Photos: cleaned or refused, never kept as they came."""

import io
import struct
import zlib
from typing import Any

import pillow_heif
import pytest
from PIL import ExifTags, Image, PngImagePlugin

from livinglab.kernel.images import MOST_BYTES, PhotoRefused, clean_photo, cover

SECRET = b"<script>alert(1)</script>"


def photo(
    width: int = 640,
    height: int = 480,
    *,
    kind: str = "JPEG",
    mode: str = "RGB",
    **more: Any,
) -> io.BytesIO:
    """A picture with a red left half."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    written = io.BytesIO()
    picture.convert(mode).save(written, kind, **more)
    written.seek(0)
    return written


def exif(**ifd: Any) -> Image.Exif:
    """What a phone writes: where, which way up, and a comment."""
    found = Image.Exif()
    found[ExifTags.Base.Orientation] = ifd.pop("orientation", 1)
    found[ExifTags.Base.ImageDescription] = SECRET.decode()
    gps = found.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (37.0, 20.0, 46.68)
    gps[ExifTags.GPS.GPSLongitudeRef] = "E"
    gps[ExifTags.GPS.GPSLongitude] = (126.0, 44.0, 18.96)
    gps.update(ifd)
    return found


def clean(of: io.BytesIO) -> Any:
    return clean_photo(of, size=of.getbuffer().nbytes)


def chunks(webp: bytes) -> list[bytes]:
    """The chunk names of a WebP file, read by hand and not by what wrote it."""
    assert webp[:4] == b"RIFF"
    assert webp[8:12] == b"WEBP"
    at, names = 12, []
    while at < len(webp):
        name, length = webp[at : at + 4], struct.unpack("<I", webp[at + 4 : at + 8])[0]
        names.append(name)
        at += 8 + length + length % 2
    return names


def assert_bare(found: Any) -> None:
    for picture in found.pictures.values():
        picture.seek(0)
        written = picture.read()
        picture.seek(0)
        assert set(chunks(written)) <= {b"VP8 ", b"VP8L"}
        assert SECRET not in written


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_every_kind_a_phone_makes_comes_out_bare_in_three_sizes(kind):
    found = clean(photo(2100, 1400, kind=kind, exif=exif()))
    assert_bare(found)
    sizes = {name: Image.open(picture).size for name, picture in found.pictures.items()}
    assert sizes == {"thumb": (240, 160), "card": (800, 533), "full": (2048, 1365)}


def test_the_place_is_read_before_it_is_dropped():
    found = clean(photo(exif=exif()))
    lon, lat = found.position
    assert (round(lon, 4), round(lat, 4)) == (126.7386, 37.3463)
    assert_bare(found)


@pytest.mark.parametrize(
    "nonsense",
    [
        {ExifTags.GPS.GPSLatitude: (0.0, 0.0)},
        {ExifTags.GPS.GPSLatitude: (200.0, 0.0, 0.0)},
    ],
)
def test_a_place_that_cannot_be_is_no_place(nonsense):
    written = exif()
    written.get_ifd(ExifTags.IFD.GPSInfo).update(nonsense)
    assert clean(photo(exif=written)).position is None


def test_a_photo_taken_upright_stays_upright():
    found = clean(photo(640, 480, exif=exif(orientation=6)))
    assert (found.width, found.height) == (480, 640)
    top = Image.open(found.pictures["full"]).getpixel((240, 10))
    assert top[0] > 200  # the red half has turned to the top


def test_the_same_pixels_have_the_same_digest():
    assert clean(photo()).digest == clean(photo(exif=exif())).digest


@pytest.mark.parametrize("mode", ["CMYK", "L", "1"])
def test_unusual_colours_become_usual_ones(mode):
    found = clean(photo(kind="JPEG" if mode != "1" else "PNG", mode=mode))
    assert Image.open(found.pictures["card"]).mode == "RGB"


def test_what_is_transparent_becomes_white():
    empty = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    written = io.BytesIO()
    empty.save(written, "PNG")
    written.seek(0)
    assert Image.open(clean(written).pictures["full"]).getpixel((9, 9)) == (255,) * 3


def test_of_an_animation_the_first_picture_stays():
    frames = [Image.new("RGB", (200, 100), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:])
    written.seek(0)
    found = clean(written)
    assert getattr(Image.open(found.pictures["full"]), "n_frames", 1) == 1
    assert_bare(found)


def test_a_burst_of_a_phone_gives_its_first_picture():
    heif = pillow_heif.HeifFile()
    for colour in ("red", "blue"):
        heif.add_from_pillow(Image.new("RGB", (400, 300), colour))
    written = io.BytesIO()
    heif.save(written)
    written.seek(0)
    red, _green, blue = Image.open(clean(written).pictures["full"]).getpixel((9, 9))
    assert red > 200 > 60 > blue


def test_a_comment_with_a_script_does_not_come_through():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET.decode())
    assert_bare(clean(photo(kind="PNG", pnginfo=info)))
    assert_bare(clean(photo(kind="JPEG", comment=SECRET)))


def test_a_file_that_is_two_things_at_once_comes_out_as_pixels():
    both = photo()
    both.seek(0, io.SEEK_END)
    both.write(b"PK\x03\x04 an archive behind the picture" + SECRET)
    both.seek(0)
    assert_bare(clean(both))


def test_the_name_says_nothing_about_what_a_file_is():
    png_called_jpg = photo(kind="PNG")
    png_called_jpg.name = "photo.jpg"
    assert_bare(clean(png_called_jpg))


def huge_png(width: int, height: int) -> io.BytesIO:
    """A few hundred bytes that claim to be a picture of that size."""

    def chunk(name: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + crc

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + bytes(100),
        b"%PDF-1.7 " + SECRET,
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        photo().getvalue()[:300],
        photo(kind="PNG").getvalue()[:200],
        photo(kind="HEIF").getvalue()[:600],
        photo(kind="AVIF").getvalue()[:200],
    ],
)
def test_what_is_no_whole_picture_is_refused_in_words(bad):
    with pytest.raises(PhotoRefused, match="."):
        clean(io.BytesIO(bad))


def test_a_bomb_is_refused_before_its_pixels_are_made():
    with pytest.raises(PhotoRefused):
        clean(huge_png(50_000, 50_000))


def test_more_than_20_mb_are_not_even_opened():
    with pytest.raises(PhotoRefused, match="20"):
        clean_photo(io.BytesIO(), size=MOST_BYTES + 1)


def test_a_covered_place_cannot_be_read_again():
    noisy = Image.effect_noise((400, 400), 80).convert("RGB")
    written = io.BytesIO()
    noisy.save(written, "PNG")
    written.seek(0)
    covered = cover(clean(written).pictures["full"], [(0.25, 0.25, 0.5, 0.5)])
    picture = Image.open(covered.pictures["full"])
    inside = picture.crop((108, 108, 192, 192)).getextrema()
    assert all(highest - lowest <= 4 for lowest, highest in inside)
    outside = picture.crop((220, 220, 380, 380)).getextrema()
    assert all(highest - lowest > 100 for lowest, highest in outside)
    assert_bare(covered)


def test_a_box_beyond_the_picture_is_cut_to_it():
    found = cover(photo(), [(-1, -1, 2, 2)])
    lowest, highest = Image.open(found.pictures["full"]).getextrema()[0]
    assert highest - lowest <= 4
