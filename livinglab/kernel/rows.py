"""One row of a sweep that cannot be worked on stops nobody else's.

    try:
        deliver(row)
    except ROW_FAULTS:
        logger.exception("delivery #%s cannot be prepared", row.pk)
        _put_off(row)

A database that is gone or a memory that is full is no row's fault: that goes out and
ends the round, and the next round finds every row where it was.
"""

import logging
from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError, IntegrityError
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.urls import NoReverseMatch

logger = logging.getLogger(__name__)

# What the contents of one row can break: words, keys, addresses, files, rows beside it.
ROW_FAULTS = (
    ArithmeticError,
    AttributeError,
    DataError,
    IntegrityError,
    LookupError,
    NoReverseMatch,
    OSError,
    ObjectDoesNotExist,
    RuntimeError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
    TypeError,
    ValidationError,
    ValueError,
)


def each_apart(*steps: Callable[[], object]) -> None:
    """Do all of these; one that breaks is logged, and the others are done."""
    for step in steps:
        try:
            step()
        except ROW_FAULTS:
            logger.exception("a step of a sweep broke: %s", _name(step))


def _name(step: Callable[[], object]) -> str:
    return str(getattr(step, "__qualname__", step))
