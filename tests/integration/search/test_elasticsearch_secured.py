"""A server that asks who one is."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from search.contract import EngineUnavailable, SearchQuery, build
from search.elasticsearch_engine import ElasticsearchEngine
from search.elasticsearch_engine.address import parse
from tests import elasticsearch
from tests.conftest import require_elasticsearch
from tests.integration.search.engine_suite import SITE, document

pytestmark = [pytest.mark.slow, pytest.mark.services]

PASSWORD = "p@ss/word#1"


@pytest.fixture(scope="module")
def server() -> Iterator[elasticsearch.Cluster]:
    """It answers to HTTPS only, with a certificate that nobody but ``ca`` knows."""
    require_elasticsearch()
    with elasticsearch.cluster(password=PASSWORD, tls=True) as made:
        yield made


def engine(url: str) -> ElasticsearchEngine:
    return ElasticsearchEngine(parse(url))


def test_user_password_and_ca_of_the_url_are_used(server):
    made = engine(server.url("secured", timeout="30"))
    build(made, [[document(1, "Folkemøte")]])
    assert [hit.id for hit in made.search(SearchQuery(SITE, "folkemøter")).hits] == [1]
    made.remove()


@pytest.mark.parametrize(("user", "parameters"), [("", ""), ("elastic:secret@", ""), ("", "&api_key=c2VjcmV0OngK")])
def test_whoever_is_not_known_is_refused_and_told_so(server, user, parameters):
    node = server.nodes[0]
    made = engine(f"https://{user}127.0.0.1:{node.port}/secured?timeout=30&ca={node.certificate}{parameters}")
    for call in (made.begin, made.versions, lambda: made.write([document(1)])):
        with pytest.raises(EngineUnavailable, match="refuses the user or the API key") as refused:
            call()
        assert "secret" not in str(refused.value)


def test_server_whose_certificate_nobody_vouches_for_gets_no_password(server):
    made = engine(f"https://elastic:{quote(PASSWORD, safe='')}@127.0.0.1:{server.nodes[0].port}/secured?timeout=30")
    with pytest.raises(EngineUnavailable, match="does not answer: TlsError"):
        made.versions()
