"""JSON doors of people, a module per noun."""
