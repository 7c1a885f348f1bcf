"""Which engine a SEARCH_URL names. Nothing is asked of any server here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from search import engines, service
from search.checks import check_url
from search.elasticsearch_engine import ElasticsearchEngine
from search.elasticsearch_engine.address import parse
from search.tantivy_engine import TantivyEngine
from tests.plugins.packages import forget, put


@pytest.fixture
def third_party(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An installed distribution with an engine for ``solr:``."""
    maker = {"urls.py": "def engine(url):\n    return f'made from {url}'\n"}
    put(tmp_path, "formidle-solr", maker, "solr = formidle_solr.urls", group="search.engines")
    monkeypatch.syspath_prepend(tmp_path)
    yield "solr://localhost/"
    forget("formidle_solr")


def test_bundled_engines_come_through_entry_points():
    assert isinstance(engines.maker("memory:").engine("memory:"), TantivyEngine)
    assert isinstance(engines.maker("http://localhost").engine("http://localhost"), ElasticsearchEngine)


def test_engine_of_a_third_party(third_party):
    made: object = engines.maker(third_party).engine(third_party)
    assert made == "made from solr://localhost/"


@pytest.mark.parametrize("url", ["", "elastic", "solr://localhost", "tantivy:/path", "memory:x"])
def test_url_of_no_engine(url, settings):
    settings.SEARCH_URL = url
    service.engine.cache_clear()
    [error] = check_url(None)
    assert error.id == "search.E001"
    with pytest.raises(ImproperlyConfigured), service.throw_away(url):
        pass


def test_address_of_a_cluster(tmp_path):
    certificate = tmp_path / "es.pem"
    certificate.write_text("")
    found = parse(
        f"https://web:p%40ss%2F@es1.example.no,es2.example.no:9201,[::1]/site_1?ca={certificate}"
        "&shards=3&replicas=2&timeout=1.5"
    )
    assert found.hosts == ("https://es1.example.no:9200", "https://es2.example.no:9201", "https://[::1]:9200")
    assert (found.user, found.password, found.prefix) == ("web", "p@ss/", "site_1")
    assert (found.ca, found.shards, found.replicas, found.timeout) == (str(certificate), 3, 2, 1.5)
    assert parse("http://es?api_key=a%3D%3D").api_key == "a=="
    assert parse("http://es/").prefix == "formidle"


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http:localhost",
        "https://web:secret/x@es:9200/",
        "https://web:secret@es:port/",
        "https://web:secret@es:99999",
        "https://web:secret@es,,es2",
        "https://web:secret@es/Upper",
        "https://web:secret@es/formidle-current",
        "https://web:secret@es?shards=0",
        "https://web:secret@es?shards=many",
        "https://web:secret@es?timeout=0",
        "https://web:secret@es?unknown=1",
        "https://web:secret@es?shards=1&shards=2",
        "https://web:secret@es?api_key=secret",
        "https://web:@es",
        "https://web:secret@es?ca=/no/such/file",
        "https://web:secret@es/#secret",
        "https://web:secret@[es/",
    ],
)
def test_malformed_address_is_told_without_its_password(url, settings):
    settings.SEARCH_URL = url
    service.engine.cache_clear()
    [error] = check_url(None)
    assert error.id == "search.E001"
    assert "secret" not in error.msg
