"""The goals app."""
