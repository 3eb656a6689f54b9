"""Owns cities, districts and neighbourhoods, and which of them a point lies in.

Imports the kernel only. Tells others through `events.boundaries_loaded`.
"""
