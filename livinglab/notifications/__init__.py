"""Telling people: for now the live socket; it knows no upper app."""
