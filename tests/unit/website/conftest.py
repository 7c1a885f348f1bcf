from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

Fetch = Callable[..., BeautifulSoup]


@pytest.fixture
def fetch(settings: Any) -> Fetch:
    """A page of the sample site as parsed HTML: ``fetch("/om-oss/", language="nn")``."""
    settings.ROOT_URLCONF = "tests.unit.website.sample_site"

    def get(path: str, **parameters: str) -> BeautifulSoup:
        return BeautifulSoup(Client().get(path, parameters).content, "html.parser")

    return get
