"""Questions about reports."""
