"""A builder that raises spoils only its own pages."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from brittle.models import Cake
from django.core.management import call_command

from cms.publishing.models import Note
from tests.plugins.outside.conftest import vacancy


@pytest.fixture
def cakes(site: Any) -> list[Any]:
    """The second one cannot be built."""
    found = [site.publish(Cake(title=f"Kake {parts}", slug=f"kake-{parts}", parts=parts)) for parts in (4, 0)]
    site.publish(vacancy())
    site.follow()
    return found


def test_other_pages_are_published(cakes: list[Any], api: Any) -> None:
    assert api(f"content/{cakes[0].pk}/")["share"] == 25
    assert [each["title"] for each in api("cakes/")["results"]] == ["Kake 4"]
    assert [each["title"] for each in api("vacancies/")["results"]] == ["Bibliotekar"]
    assert [each["title"] for each in api("search/", q="kake")["results"]] == ["Kake 4"]
    api(f"content/{cakes[1].pk}/", 404)


def test_what_failed_is_told_with_its_reason(cakes: list[Any]) -> None:
    stream = StringIO()
    with pytest.raises(SystemExit):
        call_command("documents", "status", stdout=stream)
    [failed] = json.loads(stream.getvalue())["failed"]
    assert failed["what"] == f"page:{cakes[1].pk}"
    assert failed["reason"].startswith("ZeroDivisionError")


def test_the_site_opens_all_the_same(cakes: list[Any], api: Any) -> None:
    assert api("")["types"]


def test_a_published_page_stays_as_it_was_until_it_can_be_built(cakes: list[Any], site: Any, api: Any) -> None:
    cake = cakes[0]
    cake.parts, cake.title = 0, "Kake uten stykker"
    cake.save_revision().publish()
    site.follow()
    assert api(f"content/{cake.pk}/")["title"] == "Kake 4"
    cake.parts = 2
    cake.save_revision().publish()
    Note.objects.update(due_at=None, attempts=0)  # the next try is due at once
    site.follow()
    assert api(f"content/{cake.pk}/")["share"] == 50
