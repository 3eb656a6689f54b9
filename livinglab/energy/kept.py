"""What a visitor sees of energy without a home: the welcome, and the method."""

from livinglab.kernel.kept_pages import keep_page, nothing_moves

keep_page("energy:home", version=nothing_moves)
keep_page("energy:how", version=nothing_moves)
