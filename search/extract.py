"""The words of a document that visitors can search for, as passages weighted by their key's declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.analysis import normalise
from search.contract import Passage

Texts = Callable[[Any, Any], Iterable[str]]
"""(shape, value) → the words in the value that people read: ``cms.content.shape_types.texts``."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A key of the detail document whose words are searched. ``shape`` tells text from codes and addresses."""

    name: str
    shape: Any
    weight: float = 1.0


def passages(detail: Mapping[str, Any], searched: Sequence[Searched], texts: Texts) -> tuple[Passage, ...]:
    """Every text once, in the order of the page.

    >>> passages({"summary": "Kort", "id": 3}, [Searched("summary", str, 2.0)], lambda shape, value: [value])
    (Passage(field='summary', text='Kort', weight=2.0),)
    """
    found: dict[str, Passage] = {}
    for each in searched:
        for text in texts(each.shape, without_other_pages(detail.get(each.name))):
            # A credit below every picture says no more than one.
            if plain := normalise(" ".join(text.split())):
                found.setdefault(plain, Passage(each.name, plain, each.weight))
    return tuple(found.values())


def without_other_pages(value: Any) -> Any:
    """The value with the summaries of other pages taken out: their words lead to those pages, not to this one.

    >>> without_other_pages({"title": "Mer", "items": [{"api_url": "/", "first_published_at": None, "title": "X"}]})
    {'title': 'Mer', 'items': []}
    """
    if isinstance(value, dict):
        return {key: without_other_pages(each) for key, each in value.items() if not _is_summary(each)}
    if isinstance(value, list):
        return [without_other_pages(each) for each in value if not _is_summary(each)]
    return value


def _is_summary(value: Any) -> bool:
    return isinstance(value, dict) and "api_url" in value and "first_published_at" in value
