"""Tokens for machines: what opens, what is refused and how."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import timezone

from cms.access import tokens
from cms.access.models import ApiToken
from cms.access.tokens import create_token, require_scope
from cms.api.problems import ProblemError
from cms.setup.home_page import ensure_home_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def made(**values: Any) -> tuple[ApiToken, str]:
    return create_token(
        **{"name": "Monitoring", "scopes": ["metrics"], "lifetime": timedelta(days=1), "created_by": None, **values}
    )


def asked(authorization: str | None = None, address: str = "192.0.2.1") -> ApiToken:
    headers = {} if authorization is None else {"authorization": authorization}
    return require_scope(RequestFactory().get("/metrics", headers=headers, REMOTE_ADDR=address), "metrics")


def refusal(authorization: str | None = None, address: str = "192.0.2.1") -> Any:
    with pytest.raises(ProblemError) as raised:
        asked(authorization, address)
    return raised.value.response()


def test_token_with_the_scope_opens_and_its_use_is_remembered() -> None:
    row, token = made()
    assert asked(f"Bearer {token}") == row
    assert asked(f"bearer   {token}") == row
    row.refresh_from_db()
    assert row.last_used_at is not None


def test_only_a_hash_is_kept() -> None:
    row, token = made()
    assert token not in str(ApiToken.objects.values().get())
    assert row.hint == token[-4:]


def test_request_without_a_token_is_told_to_bring_one() -> None:
    response = refusal()
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="formidle"'
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "authorization", ["Bearer", "Bearer ", "Bearer x", "Basic eDp5", "x" * 100_000, "Bearer \N{SNOWMAN}", "Bearer a b"]
)
def test_what_is_no_token_is_refused(authorization: str) -> None:
    response = refusal(authorization)
    assert response.status_code == 401
    assert 'error="invalid_token"' in response["WWW-Authenticate"]


def test_expired_and_revoked_tokens_are_refused() -> None:
    row, token = made(lifetime=timedelta(seconds=-1))
    assert refusal(f"Bearer {token}").status_code == 401
    row, token = made()
    tokens.revoke(row)
    assert refusal(f"Bearer {token}").status_code == 401


def test_token_without_the_scope_is_told_which_one_it_lacks() -> None:
    _row, token = made(scopes=[])
    response = refusal(f"Bearer {token}")
    assert response.status_code == 403
    assert 'error="insufficient_scope", scope="metrics"' in response["WWW-Authenticate"]


def test_client_with_many_wrong_tokens_has_to_wait_and_a_right_one_still_opens() -> None:
    row, token = made()
    for _ in range(tokens.FAILURES.count):
        assert refusal("Bearer wrong").status_code == 401
    response = refusal("Bearer wrong")
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
    assert asked(f"Bearer {token}") == row
    assert refusal("Bearer wrong", "192.0.2.2").status_code == 401


def test_admin_shows_a_new_token_once_and_revokes_it() -> None:
    ensure_home_page()
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin", "", "x"))
    response = client.post("/admin/api-tokens/", {"name": "Vakt", "scopes": ["metrics"], "days": "90"})
    assert "no-store" in response["Cache-Control"]
    found = re.search(r'value="(formidle_[\w-]+)"', response.content.decode())
    assert found
    row = asked(f"Bearer {found[1]}")
    assert timedelta(days=89) < row.expires_at - timezone.now() <= timedelta(days=90)
    assert row.created_by is not None
    again = client.get("/admin/api-tokens/").content.decode()
    assert "Vakt" in again
    assert found[1] not in again
    assert client.get(f"/admin/api-tokens/{row.pk}/revoke/").status_code == 405
    client.post(f"/admin/api-tokens/{row.pk}/revoke/")
    assert refusal(f"Bearer {found[1]}").status_code == 401


def test_editors_without_the_permission_do_not_see_tokens() -> None:
    from django.contrib.auth.models import Group

    ensure_home_page()
    user = get_user_model().objects.create_user("editor", "", "x")
    user.groups.add(Group.objects.get(name="Moderators"))
    client = Client()
    client.force_login(user)
    assert client.get("/admin/api-tokens/").status_code == 302
    client.post("/admin/api-tokens/", {"name": "x", "scopes": ["metrics"], "days": "90"})
    assert not ApiToken.objects.exists()
    assert "api-tokens" not in client.get("/admin/").content.decode()
