"""Public pages of reports are made again when what they rest on was changed."""

from livinglab.issues.selectors.catalogue import catalogue_version
from livinglab.issues.selectors.listing import Wanted, listed
from livinglab.issues.selectors.story_version import issue_version
from livinglab.kernel.kept_pages import keep_page

keep_page("issues:list", version=lambda: listed(Wanted()).rows)
keep_page("issues:issue", version=issue_version)
keep_page("report:form", version=catalogue_version)
