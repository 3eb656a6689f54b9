"""The energy app's tasks, one module per noun."""

from livinglab.energy.tasks import areas, notices, outlooks, savings, uploads

__all__ = ["areas", "notices", "outlooks", "savings", "uploads"]
