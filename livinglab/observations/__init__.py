"""Owns weather stations and daily temperatures, with missing kept missing.

Imports places, people and the kernel. Tells others through `events.weather_changed`.
"""
