"""From the outside: what the doors let in, and what the answers give away."""
