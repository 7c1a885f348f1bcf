"""Feeds as programs of other people read them."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import feedparser
from django.test import Client

ATOM = "{http://www.w3.org/2005/Atom}"


def atom(url: str) -> Any:
    """As a feed reader sees it; whatever is not well-formed fails."""
    response = Client().get(url)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    ElementTree.fromstring(response.content)
    found = feedparser.parse(response.content, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def json_feed(url: str) -> Any:
    response = Client().get(url)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    return response.json()
