"""What a request may cost: so many queries, and only the tables that the public may read."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.plugins import registry
from cms.publishing import public_tables

TABLES = {model._meta.db_table for model in public_tables.readable}


def ask(api, url, most, /, **parameters):
    with CaptureQueriesContext(connection) as captured:
        api.get(url, **parameters)
    statements = [query["sql"] for query in captured]
    assert len(statements) <= most, "\n".join(statements)
    for statement in statements:
        tables = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', statement))
        assert tables
        assert tables <= TABLES, statement


def test_detail_and_resolve_of_every_type(published, api):
    asked = set()
    for page in published.pages.values():
        detail = api.get(f"content/{page.pk}/")
        asked.add(detail["type"])
        ask(api, f"content/{page.pk}/", 1)
        ask(api, f"content/{page.pk}/", 1, fields="title")
        ask(api, "resolve/", 1, path=detail["path"])
    assert asked == set(registry.content_types())


@pytest.mark.parametrize("name", list(registry.content_types()))
def test_lists_of_every_type(published, api, name):
    content_type = registry.content_types()[name]
    ask(api, f"{content_type.spec.plural}/", 3)
    ask(api, f"{content_type.spec.plural}/", 3, fields="*", under="/", year="2026,2027", limit=1)
    ask(api, "content/", 3, type=name)


def test_other_addresses(published, api):
    page = published["report"].pk
    ask(api, "content/", 4, topic="arbeidsliv", municipality="3405", when="past", date_from="2019-01-01")
    ask(api, "content/", 3, ids=f"{page},1", topic="arbeidsliv")
    ask(api, "content/", 3, site="localhost")
    ask(api, f"content/{page}/", 1, site="localhost")
    ask(api, "navigation/", 2)
    ask(api, "site/", 2)
    ask(api, "search/", 8, q="konferansen")
    ask(api, "search/suggest/", 2, q="konf")
    ask(api, "changes/", 7)


def test_unchanged_document_costs_no_more(published, api):
    url = f"content/{published['report'].pk}/"
    etag = api.response(url)["ETag"]
    with CaptureQueriesContext(connection) as captured:
        assert api.response(url, headers={"If-None-Match": etag}).status_code == 304
    assert len(captured) == 1
