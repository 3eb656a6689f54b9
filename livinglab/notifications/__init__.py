"""Telling people: notices, how they are delivered, the live socket.

It knows no upper app: kinds of notices are declared in their `notices.py`.
"""
