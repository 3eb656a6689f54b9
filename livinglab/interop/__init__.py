"""Other systems' languages: Open311 now; each standard is a package of its own.

Stands on issues and below; nobody imports it but the site map.
"""
