"""Doors for other software."""
