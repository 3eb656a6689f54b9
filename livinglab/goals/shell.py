"""The pages of goals a phone may keep."""

from livinglab.kernel.shell import public_pages

public_pages(r"/goals/", r"/goals/[a-z0-9_-]+/")
