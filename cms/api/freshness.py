"""How long caches may keep an answer: as long as the settings say, but not beyond the next change that is known of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

BRIEF_S = 10


def cache_control(*ends: datetime | None, browsers: bool = True) -> str:
    """``ends``: when something that the answer shows changes by itself; None: not that anybody knows.

    ``browsers`` False: only shared caches keep it, which can be purged; a browser asks every time.
    """
    return _written(
        _left_s(ends),
        settings.CACHE_MAX_AGE if browsers else 0,
        settings.CACHE_SHARED_MAX_AGE,
        settings.CACHE_STALE_WHILE_REVALIDATE,
        settings.CACHE_STALE_IF_ERROR,
    )


@lru_cache(maxsize=1000)
def _written(left: int | None, max_age: int, shared: int, while_revalidate: int, if_error: int) -> str:
    """All in seconds; ``left`` until something changes, None: not that anybody knows."""
    if left is not None and left <= 0:
        return "no-cache"  # it is about to change
    max_age, shared = _clipped(max_age, left), _clipped(shared, left)
    after = None if left is None else left - max(max_age, shared)
    parts = ["public", f"max-age={max_age}", f"s-maxage={shared}"]
    for name, seconds in (
        ("stale-while-revalidate", _clipped(while_revalidate, after)),
        ("stale-if-error", _clipped(if_error, after)),
    ):
        if seconds:
            parts.append(f"{name}={seconds}")
    return ", ".join(parts)


def kept_until(caching: str) -> datetime:
    """The moment after which no cache keeps an answer with this Cache-Control: what is made from it ends there too."""
    seconds = {name: int(value) for name, value in re.findall(r"([a-z-]+)=([0-9]+)", caching)}
    fresh = max(seconds.get("max-age", 0), seconds.get("s-maxage", 0))
    after = max(seconds.get("stale-while-revalidate", 0), seconds.get("stale-if-error", 0))
    return timezone.now() + timedelta(seconds=fresh + after)


def brief(*ends: datetime | None) -> str:
    """Of an answer that there is no page: a little, as a flood of such requests must not reach us."""
    left = _left_s(ends)
    return f"public, max-age={max(0, _clipped(BRIEF_S, left))}"


def _left_s(ends: Iterable[datetime | None]) -> int | None:
    known = [end for end in ends if end]
    return int((min(known) - timezone.now()).total_seconds()) if known else None


def _clipped(seconds: int, left: int | None) -> int:
    return seconds if left is None else min(seconds, left)
