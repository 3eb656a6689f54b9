"""Homes, their energy, what they saved.

May import goals, observations, notifications, people, places, kernel.
Tells others: usage_imported, savings_computed.
"""
