"""Electricity rates and bills: dated tables, the Decimal oracle, batch pricing."""
