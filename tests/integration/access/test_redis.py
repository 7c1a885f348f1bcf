"""REDIS_URL with a real Redis: several processes count together, and nothing fails while it is away."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client

from tests.integration.publishing.installation import ROOT, free_port, wait_until
from tests.services import find_redis, is_ci

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not find_redis() and not is_ci(), reason="Redis is missing (Debian: apt-get install redis-server)"
    ),
]

COUNT = """
import django; django.setup()
from cms.api.throttle import Rate, wait_s
print([wait_s("client", "192.0.2.1", Rate(3, 86400)) > 0 for _ in range(2)])
"""


class Redis:
    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = find_redis()
        assert program, "redis-server is not installed"
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        wait_until(self.answers)

    def answers(self) -> bool:
        import redis

        try:
            return bool(redis.Redis.from_url(self.url).ping())
        except redis.RedisError:
            return False

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
        self.process = None


@pytest.fixture
def redis(tmp_path: Path, settings: Any) -> Iterator[Redis]:
    server = Redis(tmp_path)
    server.start()
    settings.CACHES = {"default": {"BACKEND": "cms.redis_cache.Cache", "LOCATION": server.url}}
    yield server
    server.stop()


def test_several_processes_count_together(redis: Redis, tmp_path: Path) -> None:
    import os

    env = {
        **os.environ,
        "REDIS_URL": redis.url,
        "FORMIDLE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "cms.settings",
    }
    answers = [
        json.loads(subprocess.check_output([sys.executable, "-c", COUNT], cwd=ROOT, env=env, text=True).lower())
        for _ in range(2)
    ]
    assert answers == [[False, False], [False, True]]


def test_nothing_fails_or_waits_while_redis_is_away(redis: Redis, settings: Any) -> None:
    settings.FORMIDLE_THROTTLE = "2/day"
    client = Client()
    assert [client.get("/api/v1/").status_code for _ in range(3)] == [200, 200, 429]
    cache.set("key", "value")
    redis.stop()
    began = time.monotonic()
    assert [client.get("/api/v1/").status_code for _ in range(5)] == [200] * 5
    assert (cache.get("key"), cache.get("key", 7), cache.add("key", 1), cache.get_many(["key"])) == (None, 7, False, {})
    cache.delete("key")
    with pytest.raises(ValueError, match="not found"):
        cache.incr("key")
    assert time.monotonic() - began < 5
    redis.start()
    caches["default"]._ask_again_at = 0.0  # type: ignore[attr-defined]
    assert (cache.add("key", 1), cache.get("key")) == (True, 1)
