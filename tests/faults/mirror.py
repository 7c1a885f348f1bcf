"""A copy of a site that somebody else keeps by the change feed, over HTTP and with nothing else."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
PATIENCE_SECONDS = 30


def get(url: str) -> tuple[int, Any]:
    """Status and JSON. Waits while the server is away, is starting, or says 503."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with OPENER.open(url, timeout=20) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                if error.code != 503:
                    return error.code, json.load(error)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        assert time.monotonic() < end, f"no answer from {url}"
        time.sleep(0.2)


class Mirror:
    def __init__(self, server: str) -> None:
        self.server = server
        self.documents: dict[int, dict[str, Any]] = {}
        self.cursor = ""
        self.started_over = 0

    def follow(self) -> None:
        """Takes everything that there is now."""
        query = f"?after={urllib.parse.quote(self.cursor)}" if self.cursor else ""
        url: str | None = f"{self.server}/api/v1/changes/{query}"
        while url:
            status, feed = get(url)
            if status == 410:
                self._start_over()
                url = f"{self.server}/api/v1/changes/"
                continue
            assert status == 200, feed
            for entry in feed["results"]:
                if entry["id"] is not None:
                    self._take(entry["id"])
            self.cursor = feed["cursor"]
            url = f"{self.server}{feed['next']}" if feed["next"] else None

    def _take(self, id_: int) -> None:
        status, document = get(f"{self.server}/api/v1/content/{id_}/")
        if status == 200:
            self.documents[id_] = document
        else:
            assert status in (404, 410), document
            self.documents.pop(id_, None)

    def _start_over(self) -> None:
        self.started_over += 1
        self.documents.clear()
        self.cursor = ""

    def live(self) -> dict[int, dict[str, Any]]:
        """What the site shows, list by list and document by document."""
        found: dict[int, dict[str, Any]] = {}
        url: str | None = f"{self.server}/api/v1/content/?limit=50&fields=*"
        while url:
            status, page = get(url)
            assert status == 200, page
            found |= {each["id"]: each for each in page["results"]}
            url = f"{self.server}{page['next']}" if page["next"] else None
        return found
