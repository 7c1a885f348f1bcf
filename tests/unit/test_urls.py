from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/admin", "/healthz", "/readyz", "/sok", "/api/v1/content"])
def test_what_is_typed_without_its_end_slash_leads_to_the_address(path: str) -> None:
    response = Client().get(f"{path}?a=b")
    assert (response.status_code, response["Location"]) == (301, f"{path}/?a=b")
