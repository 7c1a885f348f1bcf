from __future__ import annotations

import pytest


@pytest.mark.django_db
def test_nothing_ever_built_is_not_an_empty_answer(api):
    for url in ("news/", "content/1/", "resolve/?path=/", "search/", "navigation/", "changes/", "/readyz/"):
        response = api.response(url)
        assert (response.status_code, response["Retry-After"]) == (503, "5")
        assert response.json()["type"] == "/api/v1/docs/problems/not-ready/"
    assert api.get("/healthz/") == {"status": "ok"}
