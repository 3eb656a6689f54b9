"""What reporting tells the programme: first answers that came by their day."""

from livinglab.goals.registry import Counted, Period, indicator
from livinglab.issues.selectors.figures import Span, figures_between

METHOD = "reports/1"


@indicator("DG-A1", version=METHOD)
def answered_in_time(city_id: int, period: Period) -> Counted | None:
    """Share in percent; beside it, what residents say of the repairs.

    Closing early would flatter the share alone, so the source names both.
    """
    figures = figures_between(city_id, Span(period.first, period.last))
    share = figures.answered_in_time
    if share.value is None:
        return None
    confirmed = figures.confirmed
    said = f"{round(100 * confirmed.value)} %" if confirmed.value is not None else "–"
    return Counted(
        value=round(100 * share.value, 1),
        units=share.of,
        source=f"n={share.of}; fixed, say residents: {said} (n={confirmed.of})",
    )
