"""Usage out again: Green Button XML and CSV."""
