"""Facets: which ones a search counts, and what they and their values are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.api.filters import exposures
from cms.content.languages import DEFAULT, LANGUAGES
from cms.content.municipalities import counties, municipalities
from cms.plugins import registry
from cms.publishing import reads
from search.contract import Facet

LABELS: dict[str, Promise] = {
    "type": _("Type"),
    "topic": _("Topic"),
    "municipality": _("Municipality"),
    "county": _("County"),
    "year": _("Year"),
    "language": _("Language"),
}


@cache
def facet_names(types: tuple[str, ...]) -> tuple[str, ...]:
    """What a search among these types counts: the known ones first, in a fixed order, then the types' own."""
    declared = registry.facets_of(types)
    known = [name for name in LABELS if name in declared or name in ("type", "year", "language")]
    return (*known, *sorted(set(declared) - set(known)))


def facets_json(
    facets: Mapping[str, Facet], selected: Mapping[str, Sequence[str]], site_id: int
) -> dict[str, dict[str, Any]]:
    """Name → {label, values: [{value, label, count, selected}], more}"""
    labels = _labels(facets, site_id)
    return {name: _json(name, facet, labels[name], selected.get(name, ())) for name, facet in facets.items()}


def _json(name: str, facet: Facet, labels: Mapping[str, str], selected: Sequence[str]) -> dict[str, Any]:
    return {
        "label": facet_label(name),
        "values": [
            {"value": value, "label": labels.get(value, value), "count": count, "selected": value in selected}
            for value, count in facet.values
        ],
        "more": facet.more,
    }


@cache
def facet_label(name: str) -> str:
    """In Norwegian: a core facet's own name, otherwise the name of the first field that declares it."""
    with translation.override(DEFAULT):
        if name in LABELS:
            return str(LABELS[name])
        for content_type in registry.content_types().values():
            for _kind, expose in exposures(name, "facets", [content_type.name]):
                try:
                    return _capitalised(str(content_type.model._meta.get_field(expose.attribute).verbose_name))
                except FieldDoesNotExist:
                    return name
    return name


def _labels(facets: Mapping[str, Facet], site_id: int) -> dict[str, Mapping[str, str]]:
    """Name → value → label, in Norwegian. What the code knows costs no query, all the rest one.

    What a selected value without results is called is told where a public page has it, as labels outlive pages.
    """
    fixed = _fixed()
    wanted = {name: [value for value, _ in facet.values] for name, facet in facets.items() if name not in fixed}
    stored = reads.labels(wanted)
    for name, labels in stored.items():
        if empty := [value for value, count in facets[name].values if not count and value in labels]:
            for unused in set(empty) - reads.used_values(site_id, name, empty):
                del labels[unused]
    return {**fixed, **stored}


@cache
def _fixed() -> dict[str, dict[str, str]]:
    with translation.override(DEFAULT):
        return {
            "type": {
                name: _capitalised(str(content_type.model._meta.verbose_name))
                for name, content_type in registry.content_types().items()
            },
            "language": {code: str(label) for code, label in LANGUAGES},
            "municipality": {number: each.name for number, each in municipalities().items()},
            "county": {number: each.name for number, each in counties().items()},
            "year": {},
        }


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
