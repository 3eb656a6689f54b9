"""Contact sheets: the pictures of one group side by side, so that one look shows it."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, LONGEST, GAP, HEAD, A_ROW = 300, 1500, 14, 22, 6
GROUND, INK = "#6b7280", "#ffffff"


def contact_sheet(files: Sequence[Path], to: Path) -> None:
    """Every picture under its name, cut where a page goes on for long."""
    small = [(path.stem, _smaller(path)) for path in files]
    rows = [small[n : n + A_ROW] for n in range(0, len(small), A_ROW)]
    heights = [max(picture.height for _name, picture in row) for row in rows]
    width = min(len(small), A_ROW) * (WIDTH + GAP) + GAP
    height = sum(tall + HEAD + GAP for tall in heights) + GAP
    sheet = Image.new("RGB", (width, height), GROUND)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(14)
    y = GAP
    for row, tall in zip(rows, heights, strict=True):
        for n, (name, picture) in enumerate(row):
            x = GAP + n * (WIDTH + GAP)
            draw.text((x, y), name, fill=INK, font=font)
            sheet.paste(picture, (x, y + HEAD))
        y += tall + HEAD + GAP
    to.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(to)


def _smaller(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        height = round(picture.height * WIDTH / picture.width)
        small = picture.convert("RGB").resize((WIDTH, height))
    return small.crop((0, 0, WIDTH, min(height, LONGEST)))
