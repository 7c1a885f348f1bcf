"""A published site in which two plugins from outside are installed; see tests/integration/plugins/test_outside.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from formidle_library.models import Vacancy
from wagtail.models import Page

from cms.content.topics import Topic
from cms.publishing import consumers, projection
from cms.publishing.projector import Projector
from cms.setup.home_page import ensure_home_page
from search import service
from search.consumer import IndexConsumer


class Site:
    """Publishes pages below the home page and brings documents and index up to date."""

    def __init__(self, index: IndexConsumer) -> None:
        self.index = index
        self.home: Any = ensure_home_page() or Page.objects.get(depth=2).specific

    def publish(self, page: Any) -> Any:
        self.home.refresh_from_db()
        added = self.home.add_child(instance=page)
        added.save_revision().publish()
        return added

    def follow(self) -> None:
        Projector().drain()
        projection.finish()
        while consumers.follow(self.index):
            pass


@pytest.fixture
def site(db: None, settings: Any) -> Iterator[Site]:
    settings.SEARCH_URL = "memory:"
    service.engine.cache_clear()
    index = IndexConsumer()
    index.prepare()
    projection.begin()
    yield Site(index)
    index.close()
    service.engine.cache_clear()


@pytest.fixture
def admin(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin", "", "x"))
    return client


@pytest.fixture
def api() -> Any:
    client = Client()

    def get(path: str, expected: int = 200, /, **parameters: Any) -> Any:
        response = client.get(f"/api/v1/{path}", parameters or None)
        assert response.status_code == expected, response.content
        return response.json()

    return get


def vacancy(**values: Any) -> Vacancy:
    """One without faults; topics are set by whoever needs them."""
    return Vacancy(
        **{
            "title": "Bibliotekar",
            "slug": "bibliotekar",
            "employer": "Lillehammer bibliotek",
            "opens": "2026-02-01T00:00:00+01:00",
            "closes": "2026-03-01T23:59:00+01:00",
            **values,
        }
    )


def topic(label: str) -> Topic:
    return Topic.objects.get_or_create(label=label)[0]
