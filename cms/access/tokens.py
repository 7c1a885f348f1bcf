"""Making tokens and asking for them."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cms.access.models import ApiToken, Scope
from cms.api.client_address import client_address
from cms.api.problems import ProblemError
from cms.api.throttle import Rate, too_many, wait_s

PREFIX = "formidle_"
"""Lets scanners for secrets that got into a repository find ours."""

FAILURES = Rate(20, 60)
"""Wrong tokens from one client. A right one is never refused for the wrong ones of a neighbour."""

USED_EVERY = timedelta(minutes=1)
"""So often at most the time of the last use is written."""

_BEARER = re.compile(r"bearer +([A-Za-z0-9_.~+/-]{1,200}=*) *", re.IGNORECASE)


def create_token(*, name: str, scopes: Sequence[str], lifetime: timedelta, created_by: Any) -> tuple[ApiToken, str]:
    """The row and the token itself, which cannot be had again."""
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        name=name,
        hash=hash_of(token),
        hint=token[-4:],
        scopes=sorted(set(scopes)),
        created_by=created_by,
        expires_at=timezone.now() + lifetime,
    )
    return row, token


def require_scope(request: HttpRequest, scope: str) -> ApiToken:
    """The live token of ``Authorization: Bearer …`` that has the scope, such as ``metrics``.

    Raises ProblemError: 401 without a valid token, 403 without the scope, 429 after too many wrong ones.
    """
    assert scope in Scope.values
    given = request.META.get("HTTP_AUTHORIZATION", "")
    if not given:
        raise _unauthorized("The request needs a token: Authorization: Bearer ….")
    found = _BEARER.fullmatch(given)
    # looked up by its hash, so the time it takes tells nothing of how much of a token was right
    row = ApiToken.objects.filter(hash=hash_of(found[1])).first() if found else None
    if row is None or not row.is_alive:
        if seconds := wait_s("token", client_address(request), FAILURES):
            raise too_many(seconds)
        raise _unauthorized("The token is unknown, expired or revoked.", ', error="invalid_token"')
    if scope not in row.scopes:
        challenge = f'Bearer realm="formidle", error="insufficient_scope", scope="{scope}"'
        raise ProblemError("forbidden", f"The token lacks the scope {scope}.", headers={"WWW-Authenticate": challenge})
    _used(row)
    return row


def revoke(row: ApiToken) -> None:
    ApiToken.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=timezone.now())


def hash_of(token: str) -> str:
    """The token is random and long, so nothing slower is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _unauthorized(detail: str, more: str = "") -> ProblemError:
    return ProblemError("unauthorized", detail, headers={"WWW-Authenticate": f'Bearer realm="formidle"{more}'})


def _used(row: ApiToken) -> None:
    now = timezone.now()
    if row.last_used_at is None or now - row.last_used_at > USED_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)
