"""Pages of a long table: counted no farther than anybody turns them."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator

MOST = 1000


class AtLeast(int):
    """A count that stopped: so many, and more."""

    def __str__(self) -> str:
        return f"{int(self):,}+"


class BoundedPaginator(Paginator[Any]):
    """Looks at a thousand and one rows at most, however long the table is.

    Whoever wants an older row filters, or asks for its number.
    """

    template_name = "admin/bounded_pages.html"

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        # In the order of the list, so that both are found along the same index.
        found: int = rows[: MOST + 1].count()
        return AtLeast(MOST) if found > MOST else found

    @property
    def is_cut(self) -> bool:
        return isinstance(self.count, AtLeast)
