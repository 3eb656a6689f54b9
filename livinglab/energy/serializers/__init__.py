"""The energy app's serializers, one module per noun."""
