"""Verbs at the door for software."""
