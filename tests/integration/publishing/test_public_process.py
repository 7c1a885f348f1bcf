"""A process for the public alone: without the admin, under a database role that may read published documents only."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from cms.api.endpoints import endpoints
from cms.publishing.public_tables import grants
from tests.databases import copied_database
from tests.integration.publishing.installation import Installation, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

NEEDED = {"/api/v1/search/": "?q=sak", "/api/v1/search/suggest/": "?q=s", "/api/v1/resolve/": "?path=/"}
FOR_MACHINES = {"/metrics/"}
SECRET = (
    "wagtailcore_page",
    "wagtailcore_revision",
    "auth_user",
    "django_session",
    "publishing_note",
    "home_plainpage",
    "search_searchcount",
)
roles = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")


@pytest.fixture(scope="module")
def installation(prepared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    data = tmp_path_factory.mktemp("public")
    with copied_database(data, prepared_database) as url:
        made = Installation(data, url)
        try:
            made.do("edit", name="Bilde")
            worker = made.worker()
            made.assert_whole()
            worker.terminate()
            worker.wait()
            yield made
        finally:
            made.end()


@pytest.fixture(scope="module")
def reader(installation: Installation) -> Iterator[str]:
    """DATABASE_URL of the role that ``manage.py grants`` is for; on SQLite that of everybody."""
    owner = installation.env["DATABASE_URL"]
    if connection.vendor == "sqlite":
        yield owner
        return
    role, (database,) = f"reader_{uuid.uuid4().hex[:8]}", re.findall(r"/(\w+)$", owner)
    with psycopg.connect(owner, autocommit=True) as server:
        server.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'x'")  # type: ignore[call-overload]
        for statement in grants(database, role):
            server.execute(statement)  # type: ignore[call-overload]
    yield re.sub(r"//[^@]*@", f"//{role}:x@", owner)
    with psycopg.connect(owner, autocommit=True) as server:
        server.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def ask(installation: Installation, reader: str) -> Any:
    url = installation.web(FORMIDLE_ROLE="public", DATABASE_URL=reader)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def get(path: str) -> tuple[int, Any, bytes]:
        try:
            with opener.open(url + path, timeout=30) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()
        except OSError:
            return 0, {}, b""

    wait_until(lambda: get("/healthz/")[0] == 200)
    return get


def test_public_process_answers_all_that_is_public(ask):
    status, _, ready = ask("/readyz/")
    assert status == 200, ready
    pages = json.loads(ask("/api/v1/content/?limit=50&fields=*")[2])["results"]
    described = json.loads(ask("/api/v1/schema/?format=json")[2])["paths"]
    reading = [path for path, item in described.items() if "get" in item]
    paths = [f"{path}{NEEDED.get(path, '')}" for path in reading if "{" not in path and path not in FOR_MACHINES]
    paths += [page["path"] for page in pages] + [page["api_url"] for page in pages]
    paths += ["/sok/?q=sak", "/feeds/all.atom", "/sitemap.xml", "/robots.txt", "/llms.txt", "/calendar/events.ics"]
    paths += set(re.findall(r'(/media/[^" ]+)', json.dumps(pages)))
    assert any(path.startswith("/media/") for path in paths)
    answers = {path: ask(path) for path in paths}
    assert {path: status for path, (status, _, _) in answers.items() if status != 200} == {}
    for path, (_, headers, _) in answers.items():
        assert "Set-Cookie" not in headers, path
        assert "Cookie" not in headers.get("Vary", ""), path


def test_public_process_describes_the_same_api(ask):
    described = json.loads(ask("/api/v1/schema/?format=json")[2])["paths"]
    assert set(described) == {each.path for each in endpoints()}


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/login/", "/admin/media/original_images/a.jpg", "/admin/api/main/pages/"]
)
def test_public_process_has_no_admin(ask, path):
    assert ask(path)[0] == 404


def test_public_process_says_that_previews_are_elsewhere(ask):
    for path in ("/api/v1/preview/GEHEIM.abc/", "/api/v1/preview/files/1.abc/bilde.jpg"):
        status, headers, body = ask(path)
        assert (status, headers["Content-Type"]) == (421, "application/problem+json")
        assert json.loads(body)["type"] == "/api/v1/docs/problems/preview-elsewhere/"
        assert headers["Cache-Control"] == "private, no-store"
    status, headers, body = ask("/preview/GEHEIM.abc/")
    assert (status, headers["Content-Type"]) == (421, "text/html; charset=utf-8")
    assert "GEHEIM" not in body.decode()


@roles
@pytest.mark.parametrize("table", SECRET)
def test_role_of_the_public_may_not_read_what_is_not_published(reader, table):
    with (
        psycopg.connect(reader) as server,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied"),
    ):
        server.execute(f"SELECT * FROM {table}")  # type: ignore[call-overload]


@roles
def test_role_of_the_public_may_not_write(reader):
    with psycopg.connect(reader) as server:
        assert server.execute("SELECT count(*) FROM publishing_document").fetchone() != (0,)
        server.execute("SET default_transaction_read_only = off")
        server.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied"):
            server.execute("UPDATE publishing_document SET title = ''")


@roles
def test_public_process_counts_searches_where_its_role_may_only_add(ask, installation, reader):
    assert ask("/sok/?q=Tellesak")[0] == 200
    with psycopg.connect(installation.env["DATABASE_URL"], autocommit=True) as owner:
        wait_until(lambda: owner.execute("SELECT 1 FROM search_searchcount WHERE text = 'tellesak'").fetchone())
    with psycopg.connect(reader) as server:
        server.execute("SET default_transaction_read_only = off")
        server.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied"):
            server.execute("DELETE FROM search_searchcount")
