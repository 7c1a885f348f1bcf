"""What was counted is kept for 30 days."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from search.models import ClickCount, SearchCount

KEPT = timedelta(days=30)
CHUNK = 5_000


def forget_old() -> int:
    """A chore of housekeeping: deletes some rows that are too old, returns how many."""
    end = timezone.now() - KEPT
    return sum(_forget(model, end) for model in (SearchCount, ClickCount))


def _forget(model: type[SearchCount] | type[ClickCount], end: object) -> int:
    ids = list(model.objects.filter(hour__lt=end).values_list("pk", flat=True)[:CHUNK])
    return model.objects.filter(pk__in=ids).delete()[0] if ids else 0
