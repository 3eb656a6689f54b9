"""The coordinators' pages about homes, savings and rules."""

from livinglab.energy.admin import premises, savings, tariffs, usage

__all__ = ["premises", "savings", "tariffs", "usage"]
