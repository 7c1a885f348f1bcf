"""Random documents, written straight into the publishing tables, and what a list of them must be, in plain Python."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cms.content import times
from cms.plugins import registry
from cms.publishing.cache_tags import ancestors
from cms.publishing.lists import ORDERS, ListQuery
from cms.publishing.models import Document, DocumentKey
from cms.publishing.spans import reach_of
from cms.publishing.store import sort_title

NOW = datetime(2026, 3, 10, 12, tzinfo=times.OSLO)
TYPES = ("news-article", "event", "showcase", "page")
VALUES = {"topic": "abc", "municipality": "xyz", "language": ("nb", "nn"), "status": ("done", "planned")}
SECTIONS = ("/", "/a/", "/a/b/", "/c/")


@dataclass(slots=True)
class Made:
    """A document as the tests know it; ``keys`` has several values of a field, or none."""

    id: int
    site_id: int
    type: str
    title: str
    published_at: datetime
    start: datetime
    end: datetime
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def write(self) -> None:
        self.remove()
        Document.objects.update_or_create(
            pk=self.id,
            defaults={
                "site_id": self.site_id,
                "type": self.type,
                "locale": "nb",
                "language": "nb",
                "path": f"/{self.id}/",
                "in_menu": False,
                "translation_key": str(self.id),
                "title": self.title,
                "sort_title": sort_title(self.title),
                "version": 1,
                "etag": "x",
                "published_at": self.published_at,
                "date_start": self.start,
                "date_end": self.end,
                "reach": reach_of(self.start, self.end),
                "changed_at": self.published_at,
                "removed_at": None,
                "detail": b"{}",
                "summary": b"{}",
            },
        )
        rows = []
        for name, values in {**self.keys, "type": (self.type,)}.items():
            for value in values:
                of_type = [("", self.published_at)] + ([(self.type, self.start)] if name != "type" else [])
                rows += [
                    DocumentKey(site_id=self.site_id, type=type_, field=name, value=value, date=at, document_id=self.id)
                    for type_, at in of_type
                ]
        DocumentKey.objects.bulk_create(rows)

    def remove(self) -> None:
        DocumentKey.objects.filter(document_id=self.id).delete()
        Document.objects.filter(pk=self.id).update(removed_at=NOW)


def moment(chance: random.Random) -> datetime:
    """Often one that another document has as well, or the midnight of a day; near the clock change as well."""
    day = NOW + timedelta(days=chance.randint(-20, 30))
    return day if chance.random() < 0.4 else times.midnight(day.date()) + timedelta(hours=chance.choice([0, 0, 2, 23]))


def make(chance: random.Random, id_: int) -> Made:
    type_ = chance.choice(TYPES)
    published = moment(chance)
    start = end = published
    if registry.content_types()[type_].spec.dates:
        start = moment(chance)
        end = start + timedelta(hours=chance.choice([0, 2, 9, 24, 5 * 24, 8 * 24, 40 * 24, 300 * 24, 900 * 24]))
    keys = {name: tuple(chance.sample(list(values), chance.randint(0, 2))) for name, values in VALUES.items()}
    keys["under"] = tuple(ancestors(chance.choice(SECTIONS) + "x/"))
    keys["year"] = (str(start.astimezone(times.OSLO).year),)
    title = chance.choice(["Ørn", "ål", "Ære", "Sak", "sak", "Zoo", "{", "Å"]) + chance.choice(["", " 2", " 10"])
    return Made(id_, chance.choice([1, 1, 1, 2]), type_, title, published, start, end, keys)


def expected(corpus: list[Made], query: ListQuery) -> list[int]:
    """Ids of the whole list in order."""
    order = ORDERS[query.order]
    place = {
        "published_at": lambda each: each.published_at,
        "date_start": lambda each: each.start,
        "sort_title": lambda each: sort_title(each.title),
    }[order.field]
    found = [each for each in corpus if _fits(each, query)]
    return [each.id for each in sorted(found, key=lambda each: (place(each), each.id), reverse=order.descending)]


def _fits(each: Made, query: ListQuery) -> bool:
    phase = "upcoming" if each.start > NOW else "now" if each.end > NOW else "past"
    dated = bool(registry.content_types()[each.type].spec.dates)
    first = times.midnight(query.date_from) if query.date_from else None
    after = times.midnight(query.date_to + timedelta(days=1)) if query.date_to else None
    return (
        each.site_id == query.site_id
        and (not query.types or each.type in query.types)
        and all(set(each.keys.get(name, ())) & set(values) for name, values in query.keys)
        and (not query.when or (dated and phase in query.when))
        and (first is None or each.end > first or each.start >= first)
        and (after is None or each.start < after)
    )


def ask(chance: random.Random) -> ListQuery:
    names = chance.sample([*VALUES, "under", "year"], chance.choice([0, 0, 1, 1, 2, 3]))
    values = {**VALUES, "under": ("/", "/a/", "/c/"), "year": ("2025", "2026", "2027")}
    days = sorted(NOW.date() + timedelta(days=chance.randint(-25, 35)) for _ in range(2))
    return ListQuery(
        site_id=chance.choice([1, 1, 2]),
        types=tuple(chance.sample(TYPES, chance.choice([0, 0, 1, 1, 2, 3]))),
        keys=tuple((name, tuple(chance.sample(list(values[name]), chance.choice([1, 1, 2])))) for name in names),
        when=tuple(chance.sample(["past", "now", "upcoming"], chance.choice([0, 0, 0, 1, 1, 2, 3]))),
        date_from=days[0] if chance.random() < 0.3 else None,
        date_to=days[1] if chance.random() < 0.3 else None,
        order=chance.choice(list(ORDERS)),
        limit=chance.choice([1, 2, 3, 7, 100]),
    )
