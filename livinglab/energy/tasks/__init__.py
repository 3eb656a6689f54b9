"""The energy app's tasks, one module per noun."""
