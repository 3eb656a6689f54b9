"""Verbs about reports, a module per part of their life."""
