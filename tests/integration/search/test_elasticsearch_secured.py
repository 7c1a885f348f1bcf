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
def host() -> Iterator[str]:
    require_elasticsearch()
    with elasticsearch.cluster(password=PASSWORD) as made:
        yield f"127.0.0.1:{made.nodes[0].port}"


def engine(host: str, user: str, parameters: str = "") -> ElasticsearchEngine:
    return ElasticsearchEngine(parse(f"http://{user}{host}/secured?timeout=30{parameters}"))


def test_user_and_password_of_the_url_are_used(host):
    made = engine(host, f"elastic:{quote(PASSWORD, safe='')}@")
    build(made, [[document(1, "Folkemøte")]])
    assert [hit.id for hit in made.search(SearchQuery(SITE, "folkemøter")).hits] == [1]
    made.remove()


@pytest.mark.parametrize(("user", "parameters"), [("", ""), ("elastic:secret@", ""), ("", "&api_key=c2VjcmV0OngK")])
def test_whoever_is_not_known_is_refused_and_told_so(host, user, parameters):
    made = engine(host, user, parameters)
    for call in (made.begin, made.versions, lambda: made.write([document(1)])):
        with pytest.raises(EngineUnavailable, match="refuses the user or the API key") as refused:
            call()
        assert "secret" not in str(refused.value)
