"""The energy app's views, one module per noun."""
