"""The version of how areas are summed up: figures of another version are due again."""

AREA_METHOD = "areas/2"
