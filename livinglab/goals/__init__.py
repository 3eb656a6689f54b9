"""Owns the programme's goals and what was measured of them.

Imports people, places and the kernel. Upper floors declare how a goal is counted in
their `indicators.py`, with `goals.registry.indicator`.
"""
