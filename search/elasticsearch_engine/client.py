"""A connection to a cluster, and its errors in the words of search.contract."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.utils.translation import gettext_noop
from elastic_transport import TransportError
from elastic_transport.client_utils import DEFAULT
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError
from elasticsearch.serializer import NdjsonSerializer, OrjsonSerializer

from cms.publishing.reasons import known
from search.contract import EngineUnavailable, IndexMissing
from search.elasticsearch_engine.address import Address

Result = TypeVar("Result")

RETRIED = (429, 500, 502, 503, 504)
"""The next host is asked at once. 500: what a search gets whose shard was on a node that is just gone."""
WRITE_SECONDS = 60.0

SILENT = known(gettext_noop("Elasticsearch does not answer: %(why)s"))
ANOTHER = known(gettext_noop("What answers at SEARCH_URL is not Elasticsearch."))
NO_INDEX = known(gettext_noop("There is no index: %(why)s"))
FORBIDDEN = known(gettext_noop("Elasticsearch refuses the user or the API key of SEARCH_URL: %(why)s"))
BUSY = known(gettext_noop("Elasticsearch cannot answer now: %(why)s"))

# A line for each request, with the text that a visitor typed in some of them.
logging.getLogger("elastic_transport").setLevel(logging.WARNING)


class Lines(OrjsonSerializer, NdjsonSerializer):  # type: ignore[misc]
    """JSON of several searches or documents, a line for each; the library has it only with the slower encoder."""


def connect(address: Address) -> Elasticsearch:
    """Asks nobody yet. Threads share it."""
    return Elasticsearch(
        list(address.hosts),
        basic_auth=(address.user, address.password) if address.user else None,
        api_key=address.api_key or None,
        request_timeout=address.timeout,
        # a host that is too slow is not asked twice: whoever waits would wait as long again
        retry_on_timeout=False,
        retry_on_status=RETRIED,
        max_retries=max(3, len(address.hosts)),
        ca_certs=address.ca or DEFAULT,
        serializers={each.mimetype: each for each in (OrjsonSerializer(), Lines())},
    )


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the client become IndexMissing and EngineUnavailable; but one in what we ask stays what it is."""
    try:
        yield
    except TransportError as error:
        raise EngineUnavailable(SILENT % {"why": f"{type(error).__name__}: {error.message}"}) from error
    except UnsupportedProductError as error:
        raise EngineUnavailable(ANOTHER) from error
    except ApiError as error:
        raise refused(status_of(error), str(error)) from error


def retried(ask: Callable[[], Result]) -> Result:
    """One of several searches fails inside an answer that arrived, and the client asks no other host for that."""
    for _ in range(2):
        try:
            return ask()
        except ApiError as error:
            if status_of(error) not in RETRIED:
                raise
    return ask()


def status_of(error: ApiError) -> int:
    """One search of several carries its status in its own part of the answer."""
    own = error.body.get("status") if isinstance(error.body, dict) else None
    return own if isinstance(own, int) else error.meta.status


def refused(status: int, reason: str) -> Exception:
    """What an answer with this status means."""
    if status == 404:
        return IndexMissing(NO_INDEX % {"why": reason})
    if status in (401, 403):
        return EngineUnavailable(FORBIDDEN % {"why": reason})
    if status == 429 or status >= 500:
        return EngineUnavailable(BUSY % {"why": reason})
    return RuntimeError(f"Elasticsearch does not understand what it is asked ({status}): {reason}")
