"""What must follow only when the transaction stands."""

from collections.abc import Callable
from functools import partial
from typing import ParamSpec

from django.db import transaction

P = ParamSpec("P")


def after_commit(do: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Run `do` once the surrounding transaction is committed, never before."""
    transaction.on_commit(partial(do, *args, **kwargs))
