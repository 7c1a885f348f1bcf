"""The texts of tokens: random and signed, so that a changed one is refused without asking the database.

``SECRET.SIGNATURE``                     made when somebody opens a draft; only a hash of SECRET is stored
``c.GRANT.PAGE.REVISION.DEPTH.STATE.SIGNATURE``  a draft that a document under the first one links to
``GRANT.SIGNATURE``                      before the name of a file that such a document shows

The last two are derived: they need no rows, end with the token they come from, and cannot be made from one another.
Their signatures depend on the stored hash, so who copies the database still needs the secret key.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare

_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){1,6}")
_CHILD = re.compile(r"c\.([0-9]{1,18})\.([0-9]{1,18})\.([0-9]{1,18})\.([0-9])\.([0-9a-f]{0,40})\.[A-Za-z0-9_-]+")
MAX_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Child:
    """What a derived token says of itself; to be believed only once its signature is checked."""

    grant_id: int
    page_id: int
    revision_id: int | None
    depth: int
    state: str


def new_token() -> tuple[str, str]:
    """(token, hash to store)."""
    secret = secrets.token_urlsafe(24)
    return _signer("token").sign(secret), _hash(secret)


def hash_of(token: str) -> str | None:
    """The hash that the token's row has; None for a text that never was a token of ours."""
    if len(token) > MAX_LENGTH or not _WELL_FORMED.fullmatch(token):
        return None
    try:
        return _hash(_signer("token").unsign(token))
    except BadSignature:
        return None


def child_token(child: Child, grant_hash: str) -> str:
    parts = (child.grant_id, child.page_id, child.revision_id or 0, child.depth, child.state)
    return _signer("child", grant_hash).sign(".".join(("c", *map(str, parts))))


def child_of(token: str) -> Child | None:
    """None for a text of another form."""
    found = _CHILD.fullmatch(token) if len(token) <= MAX_LENGTH else None
    return Child(int(found[1]), int(found[2]), int(found[3]) or None, int(found[4]), found[5]) if found else None


def is_child_of(token: str, grant_hash: str) -> bool:
    try:
        _signer("child", grant_hash).unsign(token)
    except BadSignature:
        return False
    return True


def file_key(grant_id: int, grant_hash: str, name: str) -> str:
    return f"{grant_id}.{_signer('file', grant_hash).signature(name)}"


def is_file_key(key: str, grant_hash: str, name: str) -> bool:
    return constant_time_compare(key.partition(".")[2], _signer("file", grant_hash).signature(name))


def _signer(what: str, grant_hash: str = "") -> Signer:
    return Signer(sep=".", salt=f"cms.preview.{what}.{grant_hash}")


def _hash(secret: str) -> str:
    """The secret is random and long, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
