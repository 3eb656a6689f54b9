"""Public pages of reports are made again when what they rest on was changed."""

from livinglab.issues.selectors.catalogue import catalogue_version
from livinglab.issues.selectors.listing import ON_THE_MAP_PAGE, Wanted, listed
from livinglab.issues.selectors.story_version import issue_version
from livinglab.kernel.kept_pages import keep_page
from livinglab.places.maps import map_stand

keep_page("issues:list", version=lambda: listed(Wanted()).rows)
keep_page(
    "issues:map",
    version=lambda: (listed(Wanted(), most=ON_THE_MAP_PAGE).rows, map_stand()),
)
keep_page("issues:issue", version=issue_version)
keep_page("report:form", version=catalogue_version)
