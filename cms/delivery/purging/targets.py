"""Caches before us, and how each is told to forget what carries a tag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx
from django.conf import settings
from django.utils.translation import gettext_noop as _

from cms.publishing import cache_tags
from cms.publishing.cache_tags import EVERYTHING
from cms.publishing.reads import ChangeRow
from cms.publishing.reasons import known

TIMEOUT = httpx.Timeout(15, connect=5)

ANSWERED = known(_("the cache answered %(code)s: %(text)s"))
REFUSED = known(_("Cloudflare refused: %(text)s"))


class PurgeFailed(Exception):
    """``retry_after_s``: what the cache asked for."""

    def __init__(self, message: str, retry_after_s: float = 0) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Target(Protocol):
    """``batch``: keys in one request. Both purges raise PurgeFailed.

    ``searches``: keys of all searches, ``indexed``: of these and whatever else an index answers.
    """

    @property
    def name(self) -> str: ...

    @property
    def batch(self) -> int: ...

    @property
    def searches(self) -> Sequence[str]: ...

    @property
    def indexed(self) -> Sequence[str]: ...

    def keys(self, changes: Iterable[ChangeRow]) -> list[str]:
        """What entries of the log have it forget: tags or URLs."""

    def purge(self, keys: Sequence[str]) -> None: ...

    def purge_all(self) -> None: ...


class ByTags:
    searches = ("search",)
    indexed = ("search", "suggest")

    def keys(self, changes: Iterable[ChangeRow]) -> list[str]:
        found: dict[str, None] = {}
        for row in changes:
            tags = cache_tags.tags_of_change(
                kind=row.kind,
                site_id=row.site_id,
                id=row.id,
                type=row.type,
                path=row.path,
                previous_path=row.previous_path,
            )
            found.update(dict.fromkeys(tags))
        return list(found)


@dataclass(frozen=True)
class Fastly(ByTags):
    """https://www.fastly.com/documentation/reference/api/purging/: ``url`` ends in ``/service/ID/purge``."""

    url: str
    token: str
    name: str = "purge fastly"
    batch: int = 256

    def purge(self, keys: Sequence[str]) -> None:
        _send("POST", self.url, {**self._headers, "surrogate-key": " ".join(keys)})

    def purge_all(self) -> None:
        _send("POST", f"{self.url.rstrip('/')}_all", self._headers)

    @property
    def _headers(self) -> dict[str, str]:
        return {"fastly-key": self.token, "accept": "application/json"}


@dataclass(frozen=True)
class Cloudflare(ByTags):
    """https://developers.cloudflare.com/cache/how-to/purge-cache/: ``url`` ends in ``/zones/ID/purge_cache``."""

    url: str
    token: str
    name: str = "purge cloudflare"
    batch: int = 30

    def purge(self, keys: Sequence[str]) -> None:
        self._ask({"tags": list(keys)})

    def purge_all(self) -> None:
        self._ask({"purge_everything": True})

    def _ask(self, body: dict[str, Any]) -> None:
        answer = _send("POST", self.url, {"authorization": f"Bearer {self.token}"}, json=body)
        if not _says_success(answer):
            raise PurgeFailed(REFUSED % {"text": answer.text[:500]})


@dataclass(frozen=True)
class Http(ByTags):
    """A proxy of our own (Varnish with xkey, nginx): a request with the tags in a header, to each of its machines."""

    url: str
    method: str
    header: str
    token: str = field(repr=False)
    name: str
    batch: int = 100

    def purge(self, keys: Sequence[str]) -> None:
        between = "," if self.header.lower() == "cache-tag" else " "
        credentials = {"authorization": f"Bearer {self.token}"} if self.token else {}
        _send(self.method, self.url, {**credentials, self.header: between.join(keys)})

    def purge_all(self) -> None:
        self.purge([EVERYTHING])


def by_tags() -> list[Target]:
    """From FORMIDLE_PURGE and its companions; empty where nothing is to be purged by tags."""
    match settings.PURGE_KIND:
        case "fastly":
            return [Fastly(settings.PURGE_URLS[0], settings.PURGE_TOKEN)]
        case "cloudflare":
            return [Cloudflare(settings.PURGE_URLS[0], settings.PURGE_TOKEN)]
        case "http":
            return [
                Http(url, settings.PURGE_METHOD, settings.PURGE_HEADER, settings.PURGE_TOKEN, _name(url))
                for url in settings.PURGE_URLS
            ]
    return []


def _name(url: str) -> str:
    return f"purge {httpx.URL(url).netloc.decode('ascii')}"[:50]


def _send(method: str, url: str, headers: Mapping[str, str], json: Any = None) -> httpx.Response:
    try:
        with httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False) as client:
            answer = client.request(method, url, headers={"user-agent": "Formidle", **headers}, json=json)
    except httpx.HTTPError as error:
        raise PurgeFailed(f"{type(error).__name__}: {error}") from error
    if not answer.is_success:
        wait = answer.headers.get("retry-after", "")
        raise PurgeFailed(
            ANSWERED % {"code": answer.status_code, "text": answer.text[:500]},
            float(wait) if wait.isdecimal() and len(wait) < 6 else 0,
        )
    return answer


def _says_success(answer: httpx.Response) -> bool:
    try:
        body = answer.json()
    except ValueError:
        return False
    return isinstance(body, dict) and body.get("success") is True
