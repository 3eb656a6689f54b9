"""Settings: base holds what is true everywhere, the others only what differs."""
