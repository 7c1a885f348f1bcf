"""The published site of the API's tests, and who works at the search desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client

from search.desk import stored
from tests.integration.api.conftest import _published, api, published

__all__ = ["_published", "api", "published"]


@pytest.fixture(autouse=True)
def _rules_are_read_anew() -> Iterator[None]:
    stored.forget()
    yield
    stored.forget()


@pytest.fixture
def admin(published) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("admin"))
    return client
