"""The energy app's api, one module per noun."""
