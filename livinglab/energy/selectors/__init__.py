"""The energy app's selectors, one module per noun."""
