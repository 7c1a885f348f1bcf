"""Notices a restored backup: the epoch names the database it was given out for, and a file in the data folder remembers
how far the log once was. The one sees a restore into another place, the other one into the same place.
"""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Max

from cms.publishing import projection
from cms.publishing.lease import Holder, writing
from cms.publishing.models import Change, Consumer, Projection
from cms.publishing.notes import Priority, note

logger = logging.getLogger(__name__)


class Position(NamedTuple):
    epoch: str
    change: int


def _path() -> Path:
    return Path(settings.FORMIDLE_DATA) / "log-position"


def notice_restore(lease: Holder | None = None) -> bool:
    """Renews the epoch when the log may have gone back; called by the worker, again and again.

    Cursors of clients and of consumers are of the old epoch then: clients start over, consumers compare.
    """
    seen, furthest = _seen(), Consumer.objects.aggregate(cursor=Max("cursor"))["cursor"] or 0
    stored = _stored()  # last, as the log moves on meanwhile
    ahead = furthest > stored.change or projection.is_of_another_database(stored.epoch)
    if seen and seen.epoch == stored.epoch:
        ahead = ahead or seen.change > stored.change
    elif seen:
        # restored twice: no cursor given out in between may fit by chance
        ahead = ahead or seen.change >= stored.change
    if ahead:
        renew_epoch(lease)
    remember()
    return ahead


def renew_epoch(lease: Holder | None = None) -> None:
    logger.warning("The database was restored or has moved: all cursors of the log of changes expire")
    with writing(lease):
        Projection.objects.filter(pk=Projection.ONLY).update(epoch=projection.new_epoch())
        note("all:", "restored backup", Priority.REBUILD)


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
