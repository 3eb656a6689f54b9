"""What comes next for a home: forecast, ladder, tips, from its own model."""
