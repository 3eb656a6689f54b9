"""Accounts, roles, consents, and the log of who read whose data.

May import places and the kernel. Tells others when a consent is withdrawn.
"""
