"""``documents validate``: what is stored against what the description promises."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command

from cms.publishing.models import Document, PublishedSite


def lines() -> list[str]:
    out = StringIO()
    with pytest.raises(CommandError, match="faults"):
        call_command("documents", "validate", stdout=out)
    return out.getvalue().splitlines()


def damage(model: Any, pk: int, body: str, change: Callable[[Any], object]) -> None:
    value = orjson.loads(bytes(getattr(model.objects.get(pk=pk), body)))
    change(value)
    model.objects.filter(pk=pk).update(**{body: orjson.dumps(value)})


def test_what_is_published_is_as_described(published: Any) -> None:
    out = StringIO()
    call_command("documents", "validate", stdout=out)
    assert out.getvalue() == "every document is as the description of the API says\n"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda document: document.update(title=3), "/title: 3 is not of type 'string'"),
        (lambda document: document.pop("seo"), ": 'seo' is a required property"),
        (lambda document: document.update(draft="secret"), "'draft' was unexpected"),
        (lambda document: document["seo"].update(noindex=None), "/seo/noindex: None is not of type 'boolean'"),
        (lambda document: document["body"].append({"type": "hologram"}), "the type 'hologram' is none of heading"),
        (lambda document: document["body"][0]["value"].update(level="2"), "/body/0/value/level: '2' is not of type"),
        (lambda document: document["image"].update(alt=None), "/image/alt: None is not of type 'string'"),
        (lambda document: document.update(kind="rumour"), "/kind: 'rumour' is not one of"),
        (lambda document: document.update(first_published_at="soon"), "/first_published_at"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_faults_of_documents(published: Any, change: Callable[[Any], object], expected: str) -> None:
    page = published["report"]
    image = orjson.loads(bytes(Document.objects.get(pk=page.pk).detail))["body"][6]["value"]
    damage(Document, page.pk, "detail", lambda document: (document.update(image=image), change(document)))
    line = lines()[0]
    assert line.startswith(f"document {page.pk} /nyheter/rapport/ ")
    assert expected in line


def test_faults_of_summaries_menus_and_settings(published: Any) -> None:
    page = published["conference"]
    site = PublishedSite.objects.get()
    damage(Document, page.pk, "summary", lambda summary: summary.update(all_day="no"))
    damage(PublishedSite, site.pk, "navigation", lambda navigation: navigation["main"].append({"kind": "page"}))
    damage(PublishedSite, site.pk, "settings", lambda settings: settings.pop("name"))
    found = lines()
    assert found[0] == f"summary {page.pk} /arrangement/konferanse/ /all_day: 'no' is not of type 'boolean'"
    assert any(line.startswith(f"navigation {site.pk} localhost /main/") for line in found)
    assert f"site {site.pk} localhost : 'name' is a required property" in found


def test_a_type_that_is_not_installed(published: Any) -> None:
    Document.objects.filter(pk=published["page"].pk).update(type="podcast")
    assert f"document {published['page'].pk} /om/ : the type podcast is not installed" in lines()
