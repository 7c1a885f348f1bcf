"""How often one client may do something. Counts are kept in Django's cache: Redis where there are several processes."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from django.core.cache import cache

from cms.api.problems import ProblemError

SECONDS = {"s": 1, "sec": 1, "second": 1, "min": 60, "minute": 60, "h": 3600, "hour": 3600, "day": 86400}
_RATE = re.compile(r"([1-9][0-9]{0,8})/([a-z]+)")


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` requests in every ``seconds``."""

    count: int
    seconds: int


def parse_rate(text: str) -> Rate | None:
    """``600/min`` → Rate(600, 60); None for "". Raises ValueError for anything else."""
    if not text:
        return None
    found = _RATE.fullmatch(text.replace(" ", ""))
    if not found or found[2] not in SECONDS:
        raise ValueError(f"{text!r} is no rate")
    return Rate(int(found[1]), SECONDS[found[2]])


def wait_s(what: str, who: str, rate: Rate) -> int:
    """Counts one; seconds until the client may go on, 0 when it may do so now."""
    window, passed = divmod(int(time.time()), rate.seconds)
    key = f"throttle:{what}:{who}:{window}"
    cache.add(key, 0, timeout=rate.seconds + 1)
    try:
        count = cache.incr(key)
    except ValueError:  # dropped in between, by a full cache
        return 0
    return rate.seconds - passed if count > rate.count else 0


def too_many(seconds: int) -> ProblemError:
    return ProblemError(
        "too-many-requests", f"Too many requests; wait {seconds} seconds.", headers={"Retry-After": str(seconds)}
    )
