"""The words everybody agrees to, which a phone may keep."""

from livinglab.kernel.shell import public_pages

public_pages(r"/terms/", r"/privacy/", r"/(terms|privacy)/[a-z0-9_-]+/")
