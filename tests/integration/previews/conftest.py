from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from cms.preview import grants
from tests.integration.publishing import site
from tests.integration.publishing.conftest import _no_consumers, _nothing_cached, home, media

__all__ = ["_no_consumers", "_nothing_cached", "home", "media"]


@pytest.fixture
def user(db: None) -> Any:
    return get_user_model().objects.create_superuser("admin", "", "x")


@pytest.fixture
def article(home: Any) -> Iterator[Any]:
    """A live page with a draft."""
    page = site.add(home, site.news("Publisert", slug="sak"))
    site.work()
    site.draft(page, title="Utkast")
    page.refresh_from_db()
    return page


class Share:
    """``share(page)`` → token."""

    def __init__(self, user: Any) -> None:
        self.user = user

    def __call__(self, page: Any, **options: Any) -> str:
        return grants.share(page, self.user, **{"lifetime": timedelta(hours=1), **options})[1]


@pytest.fixture
def share(user: Any) -> Share:
    return Share(user)


def ask(token: str, **headers: str) -> Any:
    return Client().get(f"/api/v1/preview/{token}/", headers=headers)


def shown(token: str) -> Any:
    response = ask(token)
    assert response.status_code == 200, response.content
    return response.json()


def problem(response: Any) -> tuple[int, str]:
    """Status and name; whatever the answer, nobody may keep it."""
    assert response["Content-Type"] == "application/problem+json"
    assert "no-store" in response["Cache-Control"]
    return response.status_code, response.json()["type"].split("/")[-2]


UNKNOWN = (403, "preview-unknown")
ENDED = (410, "preview-ended")
