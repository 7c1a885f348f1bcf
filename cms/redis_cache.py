"""Redis as Django's cache. While it is away there is no cache: nothing fails, and nobody waits for it long."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 0.5
PAUSE_SECONDS = 5.0
"""After a failure Redis is left alone for so long, in this thread."""


class Cache(RedisCache):  # type: ignore[misc]
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            "socket_connect_timeout": PATIENCE_SECONDS,
            "socket_timeout": PATIENCE_SECONDS,
            "retry": Retry(NoBackoff(), 1),  # once, as a server that restarted has closed the connections
        }
        super().__init__(server, {**params, "OPTIONS": {**options, **params.get("OPTIONS", {})}})
        self._ask_again_at = 0.0

    def _ask(self, ask: Callable[[], Any], nothing: Any) -> Any:
        if time.monotonic() < self._ask_again_at:
            return nothing
        try:
            return ask()
        except RedisError as error:
            self._ask_again_at = time.monotonic() + PAUSE_SECONDS
            logger.warning("Redis is away: %s", error)
            return nothing

    def add(self, *args: Any, **options: Any) -> bool:
        return self._ask(lambda: super(Cache, self).add(*args, **options), False)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._ask(lambda: super(Cache, self).get(key, default, version), default)

    def set(self, *args: Any, **options: Any) -> None:
        self._ask(lambda: super(Cache, self).set(*args, **options), None)

    def touch(self, *args: Any, **options: Any) -> bool:
        return self._ask(lambda: super(Cache, self).touch(*args, **options), False)

    def delete(self, *args: Any, **options: Any) -> bool:
        return self._ask(lambda: super(Cache, self).delete(*args, **options), False)

    def get_many(self, *args: Any, **options: Any) -> dict[str, Any]:
        return self._ask(lambda: super(Cache, self).get_many(*args, **options), {})

    def has_key(self, *args: Any, **options: Any) -> bool:
        return self._ask(lambda: super(Cache, self).has_key(*args, **options), False)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        found = self._ask(lambda: super(Cache, self).incr(key, delta, version), None)
        if found is None:
            raise ValueError(f"Key '{key}' not found")  # as of a key that is not there
        return int(found)

    def set_many(self, *args: Any, **options: Any) -> list[str]:
        return self._ask(lambda: super(Cache, self).set_many(*args, **options), [])

    def delete_many(self, *args: Any, **options: Any) -> None:
        self._ask(lambda: super(Cache, self).delete_many(*args, **options), None)

    def clear(self) -> None:
        self._ask(lambda: super(Cache, self).clear(), None)
