"""The demonstration: two neighbourhoods told through the doors everyone uses.

Nothing of the lab imports this package; only the `demo` command does.
"""
