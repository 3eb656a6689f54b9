"""The energy app's tasks, one module per noun."""

from livinglab.energy.tasks import areas, savings, uploads

__all__ = ["areas", "savings", "uploads"]
