"""Reports of the demonstration: invented, through everybody's verbs, marked as such.

Nothing of the lab imports this package; only the `demo` command does.
"""
