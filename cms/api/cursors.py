"""Places in a list as opaque texts. What comes back from a client is checked before it is believed."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import orjson
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

from cms.api.values import MalformedError
from cms.publishing.lists import ORDERS
from cms.publishing.reads import Cursor

MAX_ID = 2**63 - 1
LONGEST = 2000


def pack(parts: list[Any]) -> str:
    return urlsafe_b64encode(orjson.dumps(parts)).rstrip(b"=").decode()


def unpack(text: str) -> list[Any]:
    """Raises MalformedError."""
    try:
        parts = orjson.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error):
        parts = None
    if not isinstance(parts, list):
        raise broken()
    return parts


def broken() -> MalformedError:
    return MalformedError("the cursor is broken.", "Take it unchanged from `next`, `previous` or `cursor`.")


def encode(order: str, cursor: Cursor) -> str:
    return pack([order, cursor.value, cursor.id, int(cursor.backward)])


def decode(text: str, order: str) -> Cursor:
    """Raises MalformedError for what ``encode`` did not make, and for a cursor of a list in another order."""
    match unpack(text):
        case [str(made_for), str(value), int(id_), 0 | 1 as backward] if _fits(made_for, value, id_):
            if made_for != order:
                raise MalformedError(
                    f"the cursor belongs to the order {made_for}, this list has {order}.", "Start without `cursor`."
                )
            return Cursor(value, id_, bool(backward))
    raise broken()


def _fits(order: str, value: str, id_: int) -> bool:
    if order not in ORDERS or isinstance(id_, bool) or not 0 < id_ <= MAX_ID or "\x00" in value:
        return False
    if ORDERS[order].field == "sort_title":
        return True
    try:
        moment = parse_datetime(value)
    except ValueError:
        return False
    return moment is not None and not is_naive(moment)
