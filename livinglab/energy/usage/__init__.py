"""Readings in memory and packed: blocks, local days, registers."""
