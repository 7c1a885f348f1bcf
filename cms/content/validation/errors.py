"""Findings ↔ the nested errors that Wagtail's forms show at the block they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.content.validation.finding import Finding, stop


def flatten(error: ValidationError) -> list[Finding]:
    """The stops in an error that a block raised, each at its place inside the block."""
    block_errors: dict[str | int, ValidationError] | None = getattr(error, "block_errors", None)
    if block_errors is None:
        return [stop(message) for message in error.messages]
    others: list[ValidationError] = error.non_block_errors.as_data()  # type: ignore[attr-defined]
    here = [stop(message) for each in others for message in each.messages]
    below = [found.within(key) for key, each in block_errors.items() for found in flatten(each)]
    return here + below


def nest(found: Iterable[Finding]) -> ValidationError:
    """The error of a whole StreamField, from places inside it.

    A position makes an error of a stream or list, which look the same to the form; a name makes one of a structure.
    """
    here, below = _split(found)
    return StreamBlockValidationError(block_errors=below, non_block_errors=here)


def _inner(found: Iterable[Finding]) -> ValidationError:
    here, below = _split(found)
    if not below:
        return ValidationError(here)
    nested = StreamBlockValidationError if isinstance(next(iter(below)), int) else StructBlockValidationError
    return nested(block_errors=below, non_block_errors=here)


def _split(found: Iterable[Finding]) -> tuple[list[str], dict[str | int, ValidationError]]:
    here: list[str] = []
    below: defaultdict[str | int, list[Finding]] = defaultdict(list)
    for each in found:
        if each.place:
            below[each.place[0]].append(Finding(each.place[1:], each.grade, each.message))
        else:
            here.append(each.message)
    return here, {key: _inner(group) for key, group in below.items()}
