"""Weather-normalised baselines: CalTRACK 2.0, daily and billing, many homes at once.

Nothing here knows of Django. Arrays hold homes in rows and days in columns.
"""
