"""The front door of visitors, and what the lab says of itself."""

from livinglab.kernel.cards import version_of_spot
from livinglab.kernel.kept_pages import keep_page, nothing_moves

keep_page(
    "pages:home",
    version=lambda: (version_of_spot("home-first", ""), version_of_spot("home", "")),
)
keep_page("pages:about", version=nothing_moves)
