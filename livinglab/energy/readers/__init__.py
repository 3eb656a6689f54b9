"""Reads what residents upload: Green Button XML and the many kinds of CSV (pure)."""
