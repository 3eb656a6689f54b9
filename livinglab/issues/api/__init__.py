"""JSON doors of reporting, one module per noun."""
