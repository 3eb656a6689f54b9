"""Pictures for the demonstration, drawn here: nobody's photo, nobody's street."""

import random
from collections.abc import Callable, Mapping
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

WIDE, HIGH = 960, 720
GROUND = 400  # where the ground begins
Colour = tuple[int, int, int]
Draw = ImageDraw.ImageDraw
DAY, DUSK = (198, 219, 236), (34, 42, 66)
ASPHALT, STONE, GRASS = (92, 95, 101), (176, 172, 164), (126, 158, 98)
DARK, YELLOW, WHITE = (40, 42, 46), (238, 190, 52), (240, 240, 236)


def drawn(scene: str, seed: int) -> bytes:
    """One picture of a scene as PNG; another seed moves and lights it differently."""
    luck = random.Random(f"{scene}:{seed}")  # noqa: S311 - a drawing, no secret
    is_night = scene == "street_light"
    picture = _sky(DUSK if is_night else _tinted(DAY, luck))
    draw = ImageDraw.Draw(picture)
    _houses(draw, luck, is_night)
    SCENES[scene](draw, luck)
    small = picture.resize((800, 600), Image.Resampling.BILINEAR)
    written = BytesIO()
    small.filter(ImageFilter.GaussianBlur(0.6)).save(written, "PNG", compress_level=1)
    return written.getvalue()


def _tinted(colour: Colour, luck: random.Random) -> Colour:
    by = luck.randint(-18, 12)
    red, green, blue = (min(max(part + by, 0), 255) for part in colour)
    return red, green, blue


def _sky(colour: Colour) -> Image.Image:
    """Lighter towards the horizon."""
    column = Image.new("RGB", (1, HIGH))
    for y in range(HIGH):
        light = min(y / GROUND, 1) * 34
        column.putpixel((0, y), tuple(min(int(c + light), 255) for c in colour))
    return column.resize((WIDE, HIGH))


def _houses(draw: Draw, luck: random.Random, is_night: bool) -> None:
    x = -40
    while x < WIDE:
        wide, high = luck.randint(110, 210), luck.randint(120, 300)
        wall = _tinted((58, 62, 84) if is_night else (190, 184, 178), luck)
        draw.rectangle((x, GROUND - high, x + wide, GROUND), fill=wall)
        for row in range(GROUND - high + 20, GROUND - 30, 44):
            for column in range(x + 16, x + wide - 24, 40):
                lit = is_night and luck.random() < 0.25
                pane = YELLOW if lit else _tinted((126, 142, 158), luck)
                draw.rectangle((column, row, column + 20, row + 24), fill=pane)
        x += wide + luck.randint(0, 26)


def _road(draw: Draw) -> None:
    draw.rectangle((0, GROUND, WIDE, GROUND + 60), fill=STONE)
    draw.rectangle((0, GROUND + 60, WIDE, HIGH), fill=ASPHALT)
    for x in range(-20, WIDE, 170):
        draw.polygon(_slab(x, HIGH - 90, 96, 20), fill=WHITE)


def _slab(x: int, y: int, wide: int, high: int) -> list[tuple[int, int]]:
    lean = high // 2
    return [(x, y), (x + wide, y), (x + wide - lean, y + high), (x - lean, y + high)]


def _paving(draw: Draw, colour: Colour = STONE) -> None:
    draw.rectangle((0, GROUND, WIDE, HIGH), fill=colour)
    for row, y in enumerate(range(GROUND, HIGH, 46)):
        draw.line((0, y, WIDE, y), fill=DARK, width=2)
        for x in range(-60 if row % 2 else 0, WIDE, 120):
            draw.line((x, y, x - 16, y + 46), fill=DARK, width=2)


def _blob(
    draw: Draw, luck: random.Random, x: int, y: int, wide: int, colour: Colour
) -> None:
    """A ragged patch."""
    points = [
        (x + int(dx * wide * r), y + int(dy * wide * 0.36 * r))
        for dx, dy in _CIRCLE
        if (r := luck.uniform(0.8, 1.1))
    ]
    draw.polygon(points, fill=colour)


_CIRCLE = [
    (1.0, 0.0),
    (0.87, 0.5),
    (0.5, 0.87),
    (0.0, 1.0),
    (-0.5, 0.87),
    (-0.87, 0.5),
    (-1.0, 0.0),
    (-0.87, -0.5),
    (-0.5, -0.87),
    (0.0, -1.0),
    (0.5, -0.87),
    (0.87, -0.5),
]


def _pothole(draw: Draw, luck: random.Random) -> None:
    _road(draw)
    x, y = luck.randint(380, 600), luck.randint(540, 600)
    _blob(draw, luck, x, y, 190, (66, 66, 68))
    _blob(draw, luck, x + 6, y + 8, 150, DARK)
    _blob(draw, luck, x + 20, y + 20, 90, (108, 126, 140))  # water stands in it


def _pavement(draw: Draw, luck: random.Random) -> None:
    _paving(draw)
    x = luck.randint(330, 560)
    draw.polygon(_slab(x, 560, 120, 46), fill=DARK)
    draw.polygon([(x, 540), (x + 118, 560), (x + 96, 604), (x - 26, 588)], fill=STONE)
    draw.line((x - 26, 588, x + 96, 604), fill=(110, 106, 100), width=9)


def _street_light(draw: Draw, luck: random.Random) -> None:
    draw.rectangle((0, GROUND, WIDE, HIGH), fill=(44, 46, 56))
    x = luck.randint(300, 640)
    draw.rectangle((x, 120, x + 14, 640), fill=(96, 98, 108))
    draw.line((x + 7, 124, x + 130, 96), fill=(96, 98, 108), width=12)
    draw.ellipse((x + 110, 84, x + 170, 114), fill=(70, 72, 80))
    draw.ellipse((120, 560, 320, 620), fill=(92, 86, 66))  # light from farther on


def _drain(draw: Draw, luck: random.Random) -> None:
    _road(draw)
    _blob(draw, luck, 480, 500, 260, (112, 134, 150))
    draw.rectangle((400, 452, 580, 512), fill=DARK)
    for x in range(412, 572, 22):
        draw.line((x, 456, x, 508), fill=(120, 122, 126), width=8)
    for _leaf in range(46):
        x, y = luck.randint(370, 620), luck.randint(440, 530)
        leaf = luck.choice([(150, 96, 40), (176, 124, 48), (120, 84, 44)])
        draw.ellipse((x, y, x + 26, y + 12), fill=leaf)


def _manhole(draw: Draw, luck: random.Random) -> None:
    _road(draw)
    draw.ellipse((370, 520, 610, 630), fill=DARK)
    draw.ellipse((392, 508, 632, 612), fill=(120, 122, 128))
    for x in range(420, 610, 26):
        draw.line((x, 530, x, 592), fill=(90, 92, 98), width=5)


def _park(draw: Draw, luck: random.Random) -> None:
    draw.rectangle((0, GROUND, WIDE, HIGH), fill=GRASS)
    left, right = 260, 700
    for x in (left, right):
        draw.line((x, 180, x - 60, 620), fill=(180, 66, 56), width=16)
        draw.line((x, 180, x + 60, 620), fill=(180, 66, 56), width=16)
    draw.line((left, 184, right, 184), fill=(180, 66, 56), width=16)
    for x in (380, 440):
        draw.line((x, 190, x, 470), fill=DARK, width=5)
    draw.rectangle((368, 466, 452, 482), fill=(110, 78, 46))
    draw.line((560, 190, 560, 430), fill=DARK, width=5)  # its chain is torn
    draw.polygon([(556, 430), (640, 520), (630, 534), (548, 446)], fill=(110, 78, 46))


def _tree(draw: Draw, luck: random.Random) -> None:
    _road(draw)
    x = luck.randint(320, 600)
    draw.polygon(
        [(x, 470), (x + 44, 470), (x + 34, 220), (x + 12, 220)], fill=(98, 74, 52)
    )
    for _crown in range(60):
        dx, dy = luck.randint(-150, 150), luck.randint(-110, 90)
        leaf = luck.choice([(86, 124, 66), (104, 142, 76), (72, 108, 58)])
        draw.ellipse(
            (x + dx - 34, 190 + dy - 28, x + dx + 34, 190 + dy + 28), fill=leaf
        )
    draw.line((x + 60, 240, x + 190, 440), fill=(98, 74, 52), width=16)


def _signal(draw: Draw, luck: random.Random) -> None:
    _road(draw)
    for x in range(60, 900, 110):
        draw.polygon(_slab(x, 560, 60, 130), fill=WHITE)
    draw.rectangle((690, 120, 706, 470), fill=(110, 112, 118))
    draw.rectangle((640, 96, 756, 330), fill=DARK)
    for y in (116, 220):
        draw.ellipse((660, y, 736, y + 90), fill=(66, 68, 72))


def _bus_stop(draw: Draw, luck: random.Random) -> None:
    _road(draw)
    draw.rectangle((240, 170, 720, 200), fill=(70, 104, 140))
    for x in (262, 690):
        draw.rectangle((x, 200, x + 12, 460), fill=(120, 122, 128))
    draw.rectangle((280, 210, 680, 380), fill=(176, 200, 212))
    draw.rectangle((320, 410, 470, 426), fill=(140, 98, 58))
    draw.polygon([(500, 410), (640, 440), (636, 456), (496, 426)], fill=(140, 98, 58))
    draw.rectangle((600, 220, 672, 280), fill=DARK)  # the screen is off


def _scooter(draw: Draw, luck: random.Random) -> None:
    _paving(draw)
    draw.rectangle((0, 520, WIDE, 580), fill=YELLOW)
    for x in range(10, WIDE, 60):
        draw.ellipse((x, 536, x + 28, 564), fill=(210, 162, 36))
    for x in (300, 470):
        x += luck.randint(-20, 20)
        draw.line((x, 600, x + 210, 560), fill=DARK, width=16)
        draw.line((x + 206, 562, x + 250, 470), fill=(90, 170, 120), width=12)
        draw.ellipse((x - 26, 580, x + 26, 632), outline=DARK, width=10)
        draw.ellipse((x + 186, 546, x + 238, 598), outline=DARK, width=10)


def _wire(draw: Draw, luck: random.Random) -> None:
    _road(draw)
    for x in (120, 820):
        draw.rectangle((x, 60, x + 20, 460), fill=(130, 126, 120))
    for sag in (150, 210, 400):
        draw.arc((120, 90 - sag // 2, 840, 90 + sag), 0, 180, fill=DARK, width=5)


def _waste(draw: Draw, luck: random.Random) -> None:
    _paving(draw)
    for _bag in range(13):
        x, y = luck.randint(240, 660), luck.randint(430, 600)
        bag = luck.choice([(236, 236, 230), (120, 150, 196), (90, 92, 98)])
        draw.ellipse((x, y, x + 130, y + 100), fill=bag, outline=(80, 80, 84), width=3)
        draw.polygon([(x + 50, y + 8), (x + 80, y + 8), (x + 65, y - 22)], fill=bag)
    draw.polygon(_slab(560, 520, 200, 120), fill=(150, 104, 62))


def _kerb(draw: Draw, luck: random.Random) -> None:
    _paving(draw)
    draw.rectangle((0, 560, WIDE, 620), fill=(206, 202, 194))
    draw.rectangle((0, 604, WIDE, 626), fill=(138, 134, 128))
    draw.rectangle((0, 626, WIDE, HIGH), fill=ASPHALT)
    for x in range(120, 860, 150):
        draw.polygon(_slab(x, 640, 80, 70), fill=WHITE)


def _tactile(draw: Draw, luck: random.Random) -> None:
    _paving(draw)
    for x in range(40, WIDE, 96):
        if 330 < x < 560:
            continue  # here it is gone
        draw.polygon(_slab(x, 520, 90, 80), fill=YELLOW)
        for dot in range(4):
            draw.ellipse(
                (x + dot * 20, 548, x + dot * 20 + 12, 560), fill=(200, 154, 30)
            )


def _building(draw: Draw, luck: random.Random) -> None:
    draw.rectangle((0, GROUND, WIDE, HIGH), fill=STONE)
    draw.rectangle((180, 70, 780, 560), fill=(206, 202, 196))
    for y in range(100, 520, 70):
        for x in range(210, 750, 90):
            draw.rectangle((x, y, x + 60, y + 44), fill=(250, 226, 140))
    draw.rectangle((440, 470, 520, 560), fill=(96, 110, 122))


SCENES: Mapping[str, Callable[[Draw, random.Random], None]] = {
    "pothole": _pothole,
    "pavement": _pavement,
    "street_light": _street_light,
    "drain": _drain,
    "manhole": _manhole,
    "park": _park,
    "tree": _tree,
    "signal": _signal,
    "bus_stop": _bus_stop,
    "scooter": _scooter,
    "wire": _wire,
    "waste": _waste,
    "kerb": _kerb,
    "tactile": _tactile,
    "building": _building,
}
