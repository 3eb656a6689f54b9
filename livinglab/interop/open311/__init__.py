"""Open311 GeoReport v2: the parts that need no database are `writing` and `asking`."""
