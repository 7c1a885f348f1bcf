"""One request to a receiver, and what came of it."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
import httpx
from django.utils.translation import gettext_noop as _
from standardwebhooks import Webhook as Signer

from cms.delivery.webhooks.network import CONNECT_SECONDS, TOTAL_SECONDS, Network, Refused, ssl_context
from cms.publishing.reasons import known

EXCERPT_BYTES = 2048
UNREADABLE = re.compile(r"[^\x20-\x7e\n\t\xa0-\U0010ffff]")

ANSWERED = known(_("the receiver answered %(code)s"))
REDIRECTS = known(_("the receiver redirects to %(where)s; redirects are not followed, enter the final address"))
UNUSABLE = known(_("the address cannot be used: %(why)s"))
NO_ANSWER = known(_("no answer: %(why)s"))
LATE = known(_("no answer in time: %(why)s"))
REASONS: dict[type[Exception], str] = {
    Refused: known(_("refused: %(why)s")),
    httpcore.ConnectTimeout: known(_("no connection in time: %(why)s")),
    httpcore.ReadTimeout: LATE,
    httpcore.WriteTimeout: LATE,
    httpcore.RemoteProtocolError: known(_("no HTTP: %(why)s")),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """``code`` is None where there was no answer; then ``error`` says why."""

    latency_ms: int
    code: int | None = None
    excerpt: str = ""
    error: str = ""
    retry_after_s: float | None = None

    @property
    def accepted(self) -> bool:
        return self.code is not None and 200 <= self.code < 300


def signed(message_id: str, payload: str, keys: list[str]) -> dict[str, str]:
    """The headers of Standard Webhooks; a signature for each key, so that a receiver may have either."""
    now = datetime.now(UTC)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Signer(key).sign(message_id, now, payload) for key in keys),
    }


def post(url: str, payload: str, headers: Mapping[str, str], network: Network) -> Outcome:
    """Sends the payload and reads the beginning of the answer. Follows no redirect, uses no proxy, keeps no cookie."""
    began = time.monotonic()
    try:
        target = httpx.URL(url)
        network.begin(plain=target.scheme == "http")
        answer = _exchange(target, payload, headers, network)
        return _outcome(answer, _ms(began))
    except (Refused, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        return Outcome(_ms(began), error=(REASONS.get(type(error), NO_ANSWER) % {"why": error})[:1000])
    except (httpcore.UnsupportedProtocol, httpx.InvalidURL, UnicodeError) as error:
        return Outcome(_ms(began), error=(UNUSABLE % {"why": error})[:1000])


@dataclass(frozen=True, slots=True)
class _Answer:
    code: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def _exchange(target: httpx.URL, payload: str, headers: Mapping[str, str], network: Network) -> _Answer:
    timeout = {"connect": CONNECT_SECONDS, "read": TOTAL_SECONDS, "write": TOTAL_SECONDS, "pool": TOTAL_SECONDS}
    sent = {
        "host": target.netloc.decode("ascii"),
        "content-type": "application/json",
        "content-length": str(len(payload.encode())),
        "user-agent": "Formidle",
        "accept": "*/*",
        "connection": "close",
        **headers,
    }
    url = httpcore.URL(scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path)
    with (
        httpcore.ConnectionPool(ssl_context=ssl_context(), network_backend=network) as pool,
        pool.stream(
            "POST", url, headers=list(sent.items()), content=payload.encode(), extensions={"timeout": timeout}
        ) as response,
    ):
        body = b""
        try:
            for chunk in response.iter_stream():
                body += chunk
                if len(body) >= EXCERPT_BYTES:
                    break
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
            pass  # the status was there, and it counts
        found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        return _Answer(response.status, found, body[:EXCERPT_BYTES])


def _outcome(answer: _Answer, latency_ms: int) -> Outcome:
    error = ""
    if 300 <= answer.code < 400:
        error = REDIRECTS % {"where": answer.headers.get("location", "?")[:300]}
    elif answer.code >= 400:
        error = ANSWERED % {"code": answer.code}
    excerpt = UNREADABLE.sub("�", answer.body.decode("utf-8", "replace").replace("\r\n", "\n"))
    return Outcome(
        latency_ms,
        answer.code,
        excerpt,
        UNREADABLE.sub("�", error),
        _retry_after(answer.headers.get("retry-after", "")),
    )


def _retry_after(text: str) -> float | None:
    """Seconds, or a date."""
    if text.strip().isdecimal():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):  # the last for a number beyond all dates
        return None


def _ms(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
