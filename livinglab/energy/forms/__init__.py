"""The energy app's forms, one module per noun."""
