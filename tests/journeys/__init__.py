"""Browser journeys: the real server in a process of its own, a real Chromium."""
