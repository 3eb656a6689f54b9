"""The observations app."""
