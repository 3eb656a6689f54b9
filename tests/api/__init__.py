"""The description of the API and the API say the same."""
