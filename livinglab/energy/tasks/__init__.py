"""The energy app's tasks, one module per noun."""

from livinglab.energy.tasks import uploads

__all__ = ["uploads"]
