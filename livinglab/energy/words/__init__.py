"""What readers and comparisons found, said to people."""
