"""What would grow without end is cut off: the log's old entries, and what other apps keep of what they did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cms.publishing.models import Change, Projection

KEPT = timedelta(days=365)
"""A client that was away for longer starts over; a consumer compares."""

CHUNK = 1000

chores: list[Callable[[], int]] = []
"""Of other apps, added in ``AppConfig.ready``: each deletes some old rows and returns how many, 0 at the end."""


def tidy() -> int:
    """One step; the worker takes the next at once while there is something left."""
    return cut_log() + sum(chore() for chore in chores)


def cut_log() -> int:
    """Deletes some of the entries that are too old, never the last one; returns how many."""
    last = Change.objects.aggregate(last=Max("pk"))["last"]
    old = Change.objects.filter(at__lt=timezone.now() - KEPT, pk__lt=last or 0).order_by("pk")
    ids = list(old.values_list("pk", flat=True)[:CHUNK])
    if ids:
        with transaction.atomic():
            Projection.objects.filter(pk=Projection.ONLY).update(log_begin=ids[-1])
            Change.objects.filter(pk__lte=ids[-1]).delete()
    return len(ids)
