"""The energy app's services, one module per noun."""
