"""The versions of our methods: a figure made by another version is due again."""

from livinglab.energy.models import Baseline

Kind = Baseline.Kind

METHODS: dict[str, str] = {
    Kind.DAILY: "caltrack2-daily-0.5c/2",
    Kind.BILLING: "caltrack2-bills-0.5c/1",
    Kind.SAME_MONTH: "same-month/1",
    Kind.NONE: "none/1",
}
