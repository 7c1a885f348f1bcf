"""Whatever is asked, the answer is JSON as described, never a fault of ours."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.api.cursors import pack
from cms.api.endpoints import Endpoint, endpoints

pytestmark = pytest.mark.slow

WORDS = [
    *("", "1", "0", "-1", "2026", "3405", "34", "2026-03-01", "0001-01-01", "9999-12-31", "event", "news-article"),
    *(
        "arbeidsliv",
        "/nyheter/",
        "/%25/",
        "../..",
        "*",
        "title,*",
        "a,b",
        ",",
        "newest",
        "soonest",
        "title",
        "upcoming",
    ),
    *("nb", "localhost", "localhost:80", "[::1]", "\x00", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")),
    *(
        '"',
        '"ubalansert',
        "-",
        "-ordet",
        "a OR b",
        "title:x",
        "(",
        "æøå ÆØÅ",
        "𝄞",
        "a\u0301",
        "x" * 600,
        "9" * 40,
        "é\n",
    ),
    *(pack(["newest", "2026-03-01T09:00:00+00:00", 1, 0]), pack(["", "log", 0, 0]), pack([[[]]]), "WyJ4", "=="),
]
VALUES = st.one_of(st.sampled_from(WORDS), st.text(max_size=30))


@st.composite
def requests(draw) -> tuple[Endpoint, str]:
    endpoint = draw(st.sampled_from([each for each in endpoints() if each.name != "schema" and not each.body]))
    names = [each.name for each in endpoint.parameters]
    name = st.sampled_from(names) if names else st.text(max_size=8)
    pairs = draw(st.lists(st.tuples(st.one_of(name, st.sampled_from(["q", "limit"])), VALUES), max_size=4))
    number = str(draw(st.integers(0, 2**70)))
    path = endpoint.path.replace("{id}", number).replace("{number}", number)
    path = path.replace("{name}", "all").replace("{plural}", draw(st.sampled_from(["events", "networks"])))
    return endpoint, f"{path}?{urlencode(pairs, quote_via=quote, errors='surrogatepass')}"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests())
def test_any_parameters(published, api, asked):
    endpoint, url = asked
    response = api.client.get(url)
    possible = {200, 400, 404, 410} if endpoint.problems else {200, 400}
    if endpoint.name == "preview":
        possible = {403, 400}  # nobody guesses a token
    assert response.status_code in possible, (url, response.content)
    assert response.status_code == 200 or response["Content-Type"] == "application/problem+json"
    if response["Content-Type"].partition(";")[0].endswith("json"):
        assert response.json() is not None


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.sampled_from(WORDS), st.text(max_size=40)))
def test_any_address(published, api, rest):
    response = api.client.get("/api/v1/" + quote(rest, errors="surrogatepass", safe="/?&=%"))
    assert response.status_code in (200, 301, 400, 404, 410)
    assert "html" not in response.get("Content-Type", "") or response.status_code in (200, 301)
