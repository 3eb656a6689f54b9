"""The energy app's tasks, one module per noun."""

from livinglab.energy.tasks import savings, uploads

__all__ = ["savings", "uploads"]
