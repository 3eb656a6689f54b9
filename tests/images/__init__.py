"""Bad pictures: what comes through the door, and what is stored of it."""
