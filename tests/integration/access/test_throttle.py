"""FORMIDLE_THROTTLE: who asks too often is told how long to wait."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from cms.api.checks import check_throttling

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _throttled() -> Iterator[None]:
    cache.clear()
    with override_settings(FORMIDLE_THROTTLE="3/day", FORMIDLE_TRUSTED_PROXIES=["10.0.0.1"]):
        yield
    cache.clear()


def statuses(*paths: str, client: str = "192.0.2.1", forwarded: str = "") -> list[int]:
    headers = {"x-forwarded-for": forwarded} if forwarded else None
    return [Client().get(path, headers=headers, REMOTE_ADDR=client).status_code for path in paths]


def test_one_request_too_many_is_a_problem_that_says_when_to_come_back() -> None:
    assert 429 not in statuses("/api/v1/", "/api/v1/preview/x/", "/api/v1/nothing/")
    response = Client().get("/api/v1/", REMOTE_ADDR="192.0.2.1")
    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert 1 <= int(response["Retry-After"]) <= 86400
    assert statuses("/feeds/all.atom", "/calendar/events.ics", "/sok/") == [429] * 3


def test_others_and_what_is_not_counted_are_not_affected() -> None:
    statuses(*["/api/v1/"] * 4)
    assert 429 not in statuses("/healthz/", "/", "/admin/login/")
    assert statuses("/api/v1/", client="192.0.2.2") != [429]


def test_nobody_escapes_by_claiming_another_address() -> None:
    for number in range(3):
        statuses("/api/v1/", forwarded=f"198.51.100.{number}")
    assert statuses("/api/v1/", forwarded="198.51.100.9") == [429]
    for number in range(3):
        statuses("/api/v1/", client="10.0.0.1", forwarded=f"203.0.113.{number}, 198.51.100.7")
    assert statuses("/api/v1/", client="10.0.0.1", forwarded="203.0.113.9, 198.51.100.7") == [429]
    assert statuses("/api/v1/", client="10.0.0.1", forwarded="198.51.100.8") != [429]


def test_off_unless_set() -> None:
    with override_settings(FORMIDLE_THROTTLE=""):
        assert 429 not in statuses(*["/api/v1/"] * 5)


@pytest.mark.parametrize("rate", ["x", "600", "600/fortnight", "0/min", "-1/min", "600/min/min"])
def test_setting_that_is_no_rate_is_found_at_start(rate: str) -> None:
    with override_settings(FORMIDLE_THROTTLE=rate, FORMIDLE_TRUSTED_PROXIES=["10.0.0.0/99"]):
        assert [error.id for error in check_throttling(None)] == ["api.E001", "api.E002"]
