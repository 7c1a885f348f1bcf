"""What visitors searched for, by text: how often, with how many results, and how often a result was opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.conf import settings
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from cms.content import times
from search.models import ClickCount, SearchCount

Kind = Literal["top", "no-results", "no-clicks"]


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of Norway, both included."""

    first: date
    last: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        return times.midnight(self.first), times.midnight(self.last + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Row:
    """
    hits      results at the last search without filters; None where there was none
    filtered  searches with a filter
    clicks    results opened
    """

    text: str
    searches: int
    hits: int | None
    filtered: int
    clicks: int

    @property
    def rate(self) -> int:
        """Results opened for a hundred searches."""
        return round(100 * self.clicks / self.searches)


@dataclass(frozen=True, slots=True)
class Sums:
    """``texts``: different ones that are shown; ``rare``: those that are not."""

    searches: int
    clicks: int
    without_results: int
    texts: int
    rare: int

    @property
    def rate(self) -> int | None:
        return round(100 * self.clicks / self.searches) if self.searches else None

    @property
    def without_results_share(self) -> int | None:
        return round(100 * self.without_results / self.searches) if self.searches else None


def rows(site: int, period: Period, kind: Kind, limit: int) -> list[Row]:
    """The most frequent ones, ties by text."""
    searched = _of(SearchCount.objects.all(), site, period)
    clicked = _of(ClickCount.objects.all(), site, period)
    last = searched.filter(text=OuterRef("text"), filtered=False).order_by("-hour", "-hits").values("hits")[:1]
    found = (
        searched.values("text")
        .annotate(
            searches=Sum("times"),
            with_filter=Coalesce(Sum("times", filter=Q(filtered=True)), 0),
            last=Subquery(last, output_field=IntegerField()),
        )
        .filter(searches__gte=settings.SEARCH_LOG_LEAST)
    )
    if kind == "no-results":
        found = found.filter(last=0)
    if kind == "no-clicks":
        found = found.filter(~Exists(clicked.filter(text=OuterRef("text"))), last__gt=0)
    asked = list(found.order_by("-searches", "text")[:limit])
    clicks = _clicks(clicked, [each["text"] for each in asked])
    return [
        Row(each["text"], each["searches"], each["last"], each["with_filter"], clicks.get(each["text"], 0))
        for each in asked
    ]


def sums(site: int, period: Period) -> Sums:
    searched = _of(SearchCount.objects.all(), site, period)
    by_text = searched.values("text").annotate(searches=Sum("times"))
    shown = by_text.filter(searches__gte=settings.SEARCH_LOG_LEAST).count()
    return Sums(
        searches=_sum(searched),
        clicks=_sum(_of(ClickCount.objects.all(), site, period)),
        without_results=_sum(searched.filter(hits=0)),
        texts=shown,
        rare=by_text.count() - shown,
    )


def _of(counts: QuerySet[Any], site: int, period: Period) -> QuerySet[Any]:
    begin, end = period.bounds
    return counts.filter(site_id=site, hour__gte=begin, hour__lt=end)


def _clicks(clicked: QuerySet[Any], texts: Sequence[str]) -> dict[str, int]:
    return dict(clicked.filter(text__in=texts).values_list("text").annotate(clicks=Sum("times")))


def _sum(counts: QuerySet[Any]) -> int:
    return counts.aggregate(sum=Sum("times"))["sum"] or 0
