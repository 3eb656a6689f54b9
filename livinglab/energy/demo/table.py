"""The table at the end: homes, neighbourhoods against the goal, how sure, sign-ins."""

from collections.abc import Iterable, Sequence
from datetime import date

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from livinglab.energy.demo.figures import Line, newest_area
from livinglab.energy.demo.plan import TURNS
from livinglab.energy.models import Premises, Saving, Upload
from livinglab.places.models import Neighbourhood

SHOWN_OF_A_KIND = 2
GOAL = {"home": 0.20, "facility": 0.10}


def print_homes(console: Console, lines: Sequence[Line], title: str) -> None:
    """Some homes of every kind; the others are counted."""
    table = _table(title, left=("home", "origin", "state"))
    widths = (("days", 4), ("saved kWh", 9), ("%", 6), ("likely range", 15))
    for heading, width in (*widths, ("true kWh", 8)):
        table.add_column(heading, justify="right", no_wrap=True, min_width=width)
    table.add_column("", no_wrap=True, min_width=1)
    shown = _some_of_each(lines)
    for line in shown:
        table.add_row(*_cells(line))
    console.print(table)
    if len(shown) < len(lines):
        console.print(f"  … and {len(lines) - len(shown)} more homes", style="dim")


def _table(title: str, *, left: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for heading in left:
        table.add_column(heading, no_wrap=True)
    return table


def _some_of_each(lines: Sequence[Line]) -> list[Line]:
    kept: list[Line] = []
    seen: dict[tuple[object, ...], int] = {}
    for line in lines:
        story = _story(line) or (None if line.plan else line.premises.pk)
        state = line.saving.state if line.saving else None
        kind = (line.premises.neighbourhood_id, story, line.premises.part, state)
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= SHOWN_OF_A_KIND:
            kept.append(line)
    return kept


def _cells(line: Line) -> list[str]:
    saving, home = line.saving, line.premises
    dong = home.neighbourhood.name_ko
    place = home.name if home.name.startswith(dong) else f"{dong} {home.name}"
    origin = _origin(line)
    if saving is None or saving.saved_kwh is None:
        return [place, origin, _fate(line), "", "", "", "", _number(line.true_kwh), ""]
    share = _share(saving)
    band = ""
    if saving.saved_kwh_low is not None and saving.saved_kwh_high is not None:
        band = f"{saving.saved_kwh_low:,.0f} … {saving.saved_kwh_high:,.0f}"
    mark = {True: "✓", False: "✗", None: ""}[line.is_covered]
    state = Saving.State(saving.state).label
    return [
        place,
        origin,
        str(state),
        str(saving.days),
        f"{saving.saved_kwh:,.0f}",
        "" if share is None else f"{share:+.1%}",
        band,
        _number(line.true_kwh),
        mark,
    ]


def _origin(line: Line) -> str:
    parts = [line.premises.origin]
    if line.premises.part == Premises.Part.COMPARISON:
        parts.append("compares")
    if story := _story(line):
        parts.append(story.replace("_", " "))
    return ", ".join(parts)


def _story(line: Line) -> str:
    """What is special about a home; most bring files like everybody."""
    usual = line.plan is None or line.plan.story in TURNS
    return "" if usual or line.plan is None else line.plan.story.value


def _fate(line: Line) -> str:
    """Why a home has no figure."""
    refused = line.premises.uploads.filter(state=Upload.State.REFUSED).exists()
    return "file refused" if refused else "collecting"


def _share(saving: Saving) -> float | None:
    if saving.saved_kwh is None or not saving.expected_kwh:
        return None
    return -float(saving.saved_kwh) / float(saving.expected_kwh)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


def coverage(lines: Iterable[Line]) -> tuple[int, int]:
    """In how many homes the band holds the truth, of how many."""
    verdicts = [line.is_covered for line in lines if line.is_covered is not None]
    return sum(verdicts), len(verdicts)


def print_coverage(console: Console, lines: Sequence[Line]) -> None:
    held, of = coverage(lines)
    if of:
        console.print(
            f"The 90 % band covers the truth in {held} of {of} homes ({held / of:.0%})."
        )


def print_neighbourhoods(console: Console, lines: Sequence[Line], before: date) -> None:
    """Each neighbourhood's twelve months against -20 %, and against the truth."""
    table = _table("neighbourhoods, newest twelve months", left=("area",))
    for heading in ("homes", "saved", "likely range", "bill", "goal", "truth"):
        table.add_column(heading, justify="right", no_wrap=True)
    for code in sorted({line.premises.neighbourhood.code for line in lines}):
        for kind in ("home", "facility"):
            row = _area_cells(code, kind, lines, before)
            if row:
                table.add_row(*row)
    console.print(table)


def _area_cells(
    code: str, kind: str, lines: Sequence[Line], before: date
) -> list[str] | None:
    area = newest_area(code, kind, before)
    if area is None or area.saved_kwh is None or not area.expected_kwh:
        return None
    expected = float(area.expected_kwh)
    saved, half = float(area.saved_kwh), float(area.half_width_kwh or 0)
    won = (
        f"{-area.saved_won / area.expected_won:+.1%}"
        if area.saved_won is not None and area.expected_won
        else ""
    )
    name = Neighbourhood.objects.get(code=code).name_ko
    return [
        f"{name} ({kind})",
        str(area.homes),
        f"{-saved / expected:+.1%}",
        f"{(-saved - half) / expected:+.1%} … {(-saved + half) / expected:+.1%}",
        won,
        f"{-GOAL[kind]:+.0%}",
        _area_truth(code, kind, lines, saved, half, expected),
    ]


def _area_truth(
    code: str,
    kind: str,
    lines: Sequence[Line],
    saved: float,
    half: float,
    expected: float,
) -> str:
    """The participants' true share, where every counted home's truth is known."""
    mine = [line for line in lines if _counts(line, code, kind)]
    truth = sum(line.true_kwh or 0 for line in mine)
    known = sum(
        float(line.saving.expected_kwh or 0) for line in mine if line.saving is not None
    )
    if not known:
        return ""
    true_share, found = truth / known, saved / expected
    inside = abs(true_share - found) <= half / expected
    return f"{-true_share:+.1%} {'✓' if inside else '✗'}"


def _counts(line: Line, code: str, kind: str) -> bool:
    home = line.premises
    return (
        home.neighbourhood.code == code
        and home.kind == kind
        and home.part == Premises.Part.PARTICIPANT
        and line.is_estimated
        and line.true_kwh is not None
    )


def print_sign_ins(
    console: Console, entries: Sequence[tuple[str, str, str]], url: str
) -> None:
    """Who can be tried, each with a link that signs in on this machine."""
    console.print("sign in as", style="italic")
    for name, email, link in entries:
        console.print(f"  {name:<12} {link or email}", soft_wrap=True)
    console.print(
        "  By hand: the address above with a code, which is printed here.", style="dim"
    )
    console.print(f"\nOpen [bold]{url}[/bold] · leave with Ctrl-C", soft_wrap=True)
