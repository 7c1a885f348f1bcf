"""What cannot be known is 503, never "not found" and never an empty answer; an empty site is an empty answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from cms.api import readiness
from cms.publishing import consumers
from cms.publishing.models import Document
from cms.publishing.projector import Projector
from cms.setup.home_page import ensure_home_page
from search import service
from search.consumer import IndexConsumer
from search.tantivy_engine import TantivyEngine

API = ("news/", "content/", "content/1/", "resolve/?path=/", "navigation/", "site/", "changes/")


def statuses(api: Any, *urls: str) -> dict[str, tuple[int, bool]]:
    """Url → status and whether it says when to try again. Each request by itself, as a failed query ends PostgreSQL's
    transaction."""
    api.client.raise_request_exception = False
    found = {}
    for url in urls:
        with transaction.atomic():
            response = api.response(url)
            found[url] = (response.status_code, response.has_header("Retry-After"))
            transaction.set_rollback(True)
    return found


@pytest.fixture
def empty(db: None, settings: Any) -> Iterator[None]:
    """A site of which everything was built and nothing is public."""
    settings.SEARCH_URL = "memory:"
    engine = service.engine  # a test may put another in its place
    engine.cache_clear()
    index = IndexConsumer()
    home = ensure_home_page()
    assert home is not None
    home.specific.unpublish()
    Projector().drain()
    consumers.follow(index)
    yield
    engine().close()
    engine.cache_clear()


@pytest.mark.django_db
def test_nothing_ever_built_is_not_an_empty_answer(api):
    for url in (*API, "search/?q=a"):
        response = api.response(url)
        assert (response.status_code, response["Retry-After"]) == (503, "5")
        assert response.json()["type"] == "/api/v1/docs/problems/not-ready/"
    assert statuses(api, "/", "/nyheter/") == {"/": (503, True), "/nyheter/": (503, True)}
    assert api.get("/readyz/", 503)["checks"]["documents"] == "the documents have never been built"
    assert api.get("/healthz/") == {"status": "ok"}


def test_empty_site_is_an_empty_answer(empty, api):
    assert not Document.objects.filter(removed_at=None).exists()
    for url in ("news/", "content/", "search/?q=a"):
        assert api.get(url)["results"] == []
    assert api.get("navigation/")["main"] == []
    assert api.get("content/999/", 404)
    assert api.get("/readyz/")["checks"] == dict.fromkeys(readiness.CHECKS, "ok")


def test_migration_that_was_not_applied_is_named(empty, api, monkeypatch):
    monkeypatch.setattr(readiness, "_migrated", False)
    last = MigrationRecorder.Migration.objects.filter(app="publishing").latest("name")
    last.delete()
    checks = api.get("/readyz/", 503)["checks"]
    assert checks == {"database": "ok", "migrations": f"1 not applied, first publishing.{last.name}"}


@pytest.mark.parametrize("table", ["publishing_publishedsite", "publishing_document", "publishing_route"])
def test_table_that_is_not_there_is_not_an_empty_answer(empty, api, table):
    uses = {
        "publishing_publishedsite": (*API, "/", "/nyheter/"),
        "publishing_document": ("news/", "content/1/", "resolve/?path=/", "/", "/nyheter/"),
        "publishing_route": ("resolve/?path=/", "/", "/nyheter/"),
    }
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO elsewhere")
    assert statuses(api, *uses[table]) == dict.fromkeys(uses[table], (503, True))


def test_files_that_cannot_be_looked_up_are_not_missing(empty, api):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE publishing_mediafile RENAME TO elsewhere")
    assert statuses(api, "/media/images/a.jpg") == {"/media/images/a.jpg": (503, True)}


def test_missing_index_is_not_an_empty_answer(empty, api, monkeypatch, tmp_path):
    monkeypatch.setattr(service, "engine", lambda: TantivyEngine(tmp_path))
    assert statuses(api, "search/?q=a", "search/suggest/?q=a", "/sok/?q=a", "/readyz/") == {
        "search/?q=a": (503, True),
        "search/suggest/?q=a": (503, True),
        "/sok/?q=a": (503, True),
        "/readyz/": (503, True),
    }
    assert api.get("/readyz/", 503)["checks"]["search"] == "there is no usable index"
    assert api.get("news/")["results"] == []


@pytest.mark.parametrize("url", ["/%00/", "/media/%00", "/api/v1/%00/", "/admin/?q=%00", "/feeds/%00"])
def test_nul_in_an_address_is_no_server_error(empty, api, url):
    """PostgreSQL takes no text with it."""
    [(status, _)] = statuses(api, url).values()
    assert status in (302, 400, 404)


@pytest.mark.parametrize(
    "url", ["resolve/?path=%2500", "resolve/?path=%00", "news/?under=%2500", "search/?q=%00", "content/?site=%00"]
)
def test_nul_in_a_parameter_is_no_server_error(empty, api, url):
    [(status, _)] = statuses(api, url).values()
    assert status in (200, 400, 404)
