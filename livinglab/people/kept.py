"""The doors are the same for every visitor; their forms get a token each time."""

from livinglab.kernel.kept_pages import keep_page, nothing_moves

for door in ("account_login", "account_signup", "account_request_login_code"):
    keep_page(door, version=nothing_moves)
