from __future__ import annotations

from django.http import HttpResponse
from django.test import RequestFactory

from cms.website.headers import conditional, secure


def test_policy_allows_only_ourselves_and_the_players_without_cookies():
    response = HttpResponse()
    secure(response)
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-src https://www.youtube-nocookie.com https://player.vimeo.com;" in policy
    assert "unsafe" not in policy


def test_unchanged_page_is_304():
    first = conditional(RequestFactory().get("/"), HttpResponse("a"))
    again = RequestFactory().get("/", headers={"If-None-Match": first["ETag"]})
    assert conditional(again, HttpResponse("a")).status_code == 304
    assert conditional(again, HttpResponse("b")).status_code == 200
