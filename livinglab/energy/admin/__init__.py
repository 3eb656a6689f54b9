"""The energy app's admin, one module per noun."""
