"""What every floor stands on: no tables of its own, knows no app."""
