"""Notices a restored backup: a file beside the database remembers how far the log once was."""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from cms.publishing.models import Change, Consumer, Projection
from cms.publishing.notes import Priority, note
from cms.publishing.projection import new_epoch

logger = logging.getLogger(__name__)


class Position(NamedTuple):
    epoch: str
    change: int


def _path() -> Path:
    return Path(settings.FORMIDLE_DATA) / "log-position"


def notice_restore() -> bool:
    """Renews the epoch when the log's end lies before what was seen of it; called when a worker begins.

    Cursors of clients and of consumers are of the old epoch then: clients start over, consumers compare.
    """
    stored, seen = _stored(), _seen()
    ahead = Consumer.objects.filter(cursor__gt=stored.change).exists()
    if seen and seen.epoch == stored.epoch:
        ahead = ahead or seen.change > stored.change
    elif seen:
        # restored twice: no cursor given out in between may fit by chance
        ahead = ahead or seen.change >= stored.change
    if ahead:
        logger.warning("The log of changes has gone back, as after a restored backup: all cursors expire")
        with transaction.atomic():
            Projection.objects.filter(pk=Projection.ONLY).update(epoch=new_epoch())
            note("all:", "restored backup", Priority.REBUILD)
    remember()
    return ahead


def remember() -> None:
    """Writes the position down where it has changed."""
    stored = _stored()
    if stored == _seen():
        return
    new = _path().with_suffix(".new")
    new.write_text(f"{stored.epoch} {stored.change}\n")
    os.replace(new, _path())


def _stored() -> Position:
    epoch = Projection.objects.values_list("epoch", flat=True).get(pk=Projection.ONLY)
    return Position(epoch, Change.objects.aggregate(last=Max("pk"))["last"] or 0)


def _seen() -> Position | None:
    with contextlib.suppress(OSError, ValueError):
        epoch, change = _path().read_text().split()
        return Position(epoch, int(change))
    return None
