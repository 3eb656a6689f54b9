"""Reports at the JSON door, one module per noun."""
