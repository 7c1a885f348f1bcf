"""One published site with a page of every bundled type, built once for the module by the real projector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings

from cms.publishing import consumers
from cms.publishing.projector import Projector
from cms.publishing.sites import publish_sites
from search import service
from search.consumer import IndexConsumer
from tests.integration.api import site


@dataclass(slots=True)
class Published:
    """The pages by name, and what brings documents and index up to date."""

    pages: dict[str, Any]
    index: IndexConsumer

    def __getitem__(self, name: str) -> Any:
        return self.pages[name]

    def follow(self) -> None:
        Projector().drain()
        consumers.follow(self.index)


@pytest.fixture(scope="module")
def _published(django_db_setup: None, django_db_blocker: Any) -> Iterator[Published]:
    with django_db_blocker.unblock(), override_settings(SEARCH_URL="memory:"), transaction.atomic():
        service.engine.cache_clear()
        index = IndexConsumer()
        index.prepare()
        published = Published(site.build(), index)
        publish_sites()
        published.follow()
        yield published
        index.close()
        service.engine.cache_clear()
        transaction.set_rollback(True)


@pytest.fixture
def published(_published: Published, db: None) -> Published:
    return _published


class Api:
    """Asks the API and hands back JSON."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, path: str, expected: int = 200, /, **parameters: Any) -> Any:
        response = self.response(path, **parameters)
        assert response.status_code == expected, response.content
        return response.json()

    def response(self, path: str, /, headers: dict[str, str] | None = None, **parameters: Any) -> Any:
        url = path if path.startswith("/") else f"/api/v1/{path}"
        return self.client.get(url, parameters or None, headers=headers)

    def faults(self, path: str, /, **parameters: Any) -> dict[str, str]:
        """Parameter → detail of a 400."""
        problem = self.get(path, 400, **parameters)
        assert problem["type"] == "/api/v1/docs/problems/invalid-parameter/"
        return {fault["parameter"]: fault["detail"] for fault in problem["errors"]}

    def titles(self, path: str, /, **parameters: Any) -> list[str]:
        return [result["title"] for result in self.get(path, **parameters)["results"]]


@pytest.fixture
def api() -> Api:
    return Api()
