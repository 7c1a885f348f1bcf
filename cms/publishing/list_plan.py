"""How a list is found without looking through the documents: which index it follows, what it asks of each row.

Keys lie in the order of dates: those of all types (``type`` "") by first publishing, those of one type by the page's
own date. A list in such an order follows the keys of its rarest filter and probes the others for each row. A list
in another order gathers the documents of a rare filter and sorts them, or follows the order and probes all filters: the
rarer a filter, the better the first, and the more frequent, the better the second.
"""

# ruff: noqa: S608
# What is put into the texts are names and operators of this package; all values are parameters.

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from cms.plugins import registry
from cms.publishing.list_sql import DOCUMENT, KEY, Branch, first_places, selection, sizes
from cms.publishing.spans import REACHES, Bound, Condition, Span, span_of

COUNTED = 10_000
"""Filters are compared by their number of documents up to this one; it takes less than a millisecond."""
GATHERED = 1500
"""As many documents are sorted at most. Where no filter is rarer, 20 of 100,000 are found after some 1,500."""
MOST_VALUES = 16
"""Of a filter, each with a branch of its own; SQLite takes 500 branches in all. More are sorted."""
CHANGED_CLOCK = timedelta(hours=1)
"""A day has 25 hours in autumn, and documents are filed by their days."""

Filter = tuple[str, tuple[str, ...]]
"""A field and the values of which one must be there."""


def by_publishing(site_id: int, types: tuple[str, ...], keys: Sequence[Filter], span: Span | None) -> list[Branch]:
    if span is None and (not types or not keys or _dated(types)):
        filters = [*keys, *([("type", types)] if types else [])]
        return _along_keys(site_id, "", filters) or [_along(site_id, None, "published_at", ())]
    branches = []
    for type_ in types or _all_types():
        if _dated([type_]):
            branches += _in_another_order(site_id, type_, keys, span, "published_at")
        else:  # its own date is that of its publishing
            branches += _by_own_date(site_id, type_, keys, span)
    return branches


def by_own_date(site_id: int, types: tuple[str, ...], keys: Sequence[Filter], span: Span | None) -> list[Branch]:
    return [
        branch
        for type_ in types or _all_types()
        for branch in [*_by_own_date(site_id, type_, keys, span), *_begun_before(site_id, type_, keys, span)]
    ]


def by_title(site_id: int, types: tuple[str, ...], keys: Sequence[Filter], span: Span | None) -> list[Branch]:
    each_type: Sequence[str | None] = types or (_all_types() if span else (None,))
    return [branch for type_ in each_type for branch in _in_another_order(site_id, type_, keys, span, "sort_title")]


Planner = Callable[[int, tuple[str, ...], Sequence[Filter], Span | None], list[Branch]]
PLANNERS: dict[str, Planner] = {"published_at": by_publishing, "date_start": by_own_date, "sort_title": by_title}
"""By the column that a list is ordered by."""


def dated_types() -> tuple[str, ...]:
    """Types whose pages have dates of their own."""
    return tuple(_dated(_all_types()))


def next_boundary(site_id: int, now: datetime) -> datetime | None:
    """When next a dated page begins or ends. What has not begun yet begins before it ends."""
    running = span_of(None, None, {"now"}, now)
    found: list[datetime] = []
    for type_ in dated_types():
        coming = _along(site_id, type_, "date_start", (), [(">", now)])
        found += first_places([coming, *_begun_before(site_id, type_, (), running, "date_end")])
    return min(found, default=None)


def _all_types() -> tuple[str, ...]:
    return tuple(registry.content_types())


def _dated(types: Sequence[str]) -> list[str]:
    known = registry.content_types()
    return [each for each in types if each in known and known[each].spec.dates]


def _by_own_date(site_id: int, type_: str, keys: Sequence[Filter], span: Span | None) -> list[Branch]:
    """What begins within the span."""
    bounds: tuple[Bound, ...] = ()
    ends: tuple[Condition, ...] = ()
    if span:
        bounds = (*span.starts, *([span.since] if span.since else []))
        ends = (span.condition,) if span.ends else ()
    if keys:
        return _along_keys(site_id, type_, keys, bounds, ends)
    return [_along(site_id, type_, "date_start", (), bounds, ends)]


def _begun_before(
    site_id: int, type_: str, keys: Sequence[Filter], span: Span | None, place: str = "date_start"
) -> list[Branch]:
    """What had begun when the span begins, and was not over."""
    if span is None or span.since is None or not _dated([type_]):
        return []
    operator, moment = span.since
    branches = []
    for reach, longest in enumerate(REACHES):
        bounds: list[Bound] = [("<" if operator == ">=" else "<=", moment)]
        if longest:
            bounds.append((">=", moment.astimezone(UTC) - longest - CHANGED_CLOCK))
        where: list[Condition] = [span.condition]
        if reach:
            where.append((f"d.reach > 0 AND d.reach = {reach:d}", ()))
        bounds += span.starts
        if place != "date_start":  # a bound of another column than the place
            where += [(f"d.date_start {way} %s", (at,)) for way, at in bounds]
            bounds = []
        branches.append(_along(site_id, type_, place, keys, bounds, where))
    return branches


def _in_another_order(
    site_id: int, type_: str | None, keys: Sequence[Filter], span: Span | None, place: str
) -> list[Branch]:
    sources = [_keys_query(site_id, type_ or "", each) for each in keys]
    if span and type_:
        sources.append(_union([*_by_own_date(site_id, type_, (), span), *_begun_before(site_id, type_, (), span)]))
    counted = sizes(sources, GATHERED) if sources else []
    where = [span.condition] if span else []
    if counted and min(counted) < GATHERED:
        text, parameters = sources[counted.index(min(counted))]
        # the limit keeps PostgreSQL and SQLite from following the order instead
        found = f"(SELECT DISTINCT id FROM ({text}) q LIMIT {GATHERED:d}) g JOIN {DOCUMENT} d ON d.id = g.id"
        probes = [_probe("''", each, "d.published_at", "d.id", site_id) for each in keys]
        return [Branch((found, parameters), f"d.{place}", "d.id", (*where, *probes))]
    if type_ and place == "published_at":
        return [_along_key(site_id, "", "type", (type_,), keys, (), where)]
    return [_along(site_id, type_, place, keys, (), where)]


def _along_keys(
    site_id: int, type_: str, keys: Sequence[Filter], bounds: Sequence[Bound] = (), ends: Sequence[Condition] = ()
) -> list[Branch]:
    if not keys:
        return []
    rarest = _rarest(site_id, type_, keys)
    field, values = keys[rarest]
    others = [each for place, each in enumerate(keys) if place != rarest]
    groups = [(value,) for value in values] if len(values) <= MOST_VALUES else [values]
    return [_along_key(site_id, type_, field, each, others, bounds, ends) for each in groups]


def _rarest(site_id: int, type_: str, keys: Sequence[Filter]) -> int:
    if len(keys) == 1:
        return 0
    counted = sizes([_keys_query(site_id, type_, each) for each in keys], COUNTED)
    return counted.index(min(counted))


def _along_key(
    site_id: int,
    type_: str,
    field: str,
    values: tuple[str, ...],
    others: Sequence[Filter],
    bounds: Sequence[Bound] = (),
    ends: Sequence[Condition] = (),
) -> Branch:
    """Follows the keys of one value, in the order of their dates; those of several have to be sorted."""
    where = [
        _filed_under("k", site_id, "%s", (type_,), (field, values)),
        *(_probe("k.type", each, "k.date", "k.document_id", site_id) for each in others),
    ]
    for text, parameters in ends:
        where.append((f"EXISTS (SELECT 1 FROM {DOCUMENT} d WHERE d.id = k.document_id AND {text})", parameters))
    return Branch((f"{KEY} k", ()), "k.date", "k.document_id", tuple(where), tuple(bounds), repeated=len(values) > 1)


def _along(
    site_id: int,
    type_: str | None,
    place: str,
    keys: Sequence[Filter],
    bounds: Sequence[Bound] = (),
    ends: Sequence[Condition] = (),
) -> Branch:
    """Follows an index of the documents themselves."""
    where: list[Condition] = [("d.removed_at IS NULL AND d.site_id = %s", (site_id,))]
    if type_:
        where.append(("d.type = %s", (type_,)))
    where += [*ends, *(_probe("''", each, "d.published_at", "d.id", site_id) for each in keys)]
    return Branch((f"{DOCUMENT} d", ()), f"d.{place}", "d.id", tuple(where), tuple(bounds))


def _probe(type_: str, key: Filter, date: str, id_: str, site_id: int) -> Condition:
    """Whether a row has one of the values: one look-up in the primary key for each."""
    text, parameters = _filed_under("p", site_id, type_, (), key)
    return f"EXISTS (SELECT 1 FROM {KEY} p WHERE {text} AND p.date = {date} AND p.document_id = {id_})", parameters


def _keys_query(site_id: int, type_: str, key: Filter) -> Condition:
    text, parameters = _filed_under("k", site_id, "%s", (type_,), key)
    return f"SELECT k.document_id AS id FROM {KEY} k WHERE {text}", parameters


def _filed_under(row: str, site_id: int, type_: str, given: tuple[object, ...], key: Filter) -> Condition:
    """A key's columns; ``type_`` is SQL with the parameters ``given``."""
    field, values = key
    one = "= %s" if len(values) == 1 else f"IN ({', '.join(['%s'] * len(values))})"
    text = f"{row}.site_id = %s AND {row}.type = {type_} AND {row}.field = %s AND {row}.value {one}"
    return text, (site_id, *given, field, *values)


def _union(branches: Sequence[Branch]) -> Condition:
    parts = [selection(branch) for branch in branches]
    return " UNION ".join(text for text, _ in parts), tuple(each for _, given in parts for each in given)
