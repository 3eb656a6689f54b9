"""The list of places is made again when places change."""

from livinglab.kernel.cards import version_of_spot
from livinglab.kernel.kept_pages import keep_page
from livinglab.places.selectors import place_version, places_version

keep_page("places:list", version=places_version)
keep_page(
    "places:neighbourhood",
    version=lambda code: (place_version(code), version_of_spot("place", code)),
)
keep_page(
    "places:city",
    version=lambda code: (places_version(), version_of_spot("city", code)),
)
