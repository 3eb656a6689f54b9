"""The pages of places a phone may keep."""

from livinglab.kernel.shell import public_pages

public_pages(r"/places/", r"/places/(?!choose/)(city/)?[a-z0-9_-]+/")
