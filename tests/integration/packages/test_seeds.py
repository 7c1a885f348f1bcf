"""Real pages: the packages that lie beside the repository or in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from wagtail.models import Page, Site

from cms.content.packages.importer import import_package
from cms.plugins import registry

ROOT = Path(__file__).resolve().parents[3]
SEEDS = ROOT.parent / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not there")
def test_seeds_publish_nine_pages_in_four_sections(site: Site) -> None:
    report = import_package(SEEDS / "content.json", site, publish=True)
    live = Page.objects.descendant_of(site.root_page).live().specific()
    types = Counter(content_type.name for page in live if (content_type := registry.by_model(type(page))))
    assert types == {"section": 4, "event": 2, "news-article": 2, "showcase": 4, "network": 1}
    assert {warning.place for warning in report.warnings} == {
        "pages[4].end",
        "pages[4].image.credit",
        "pages[9].image.credit",
        "pages[10].place",
    }
    assert not import_package(SEEDS, site, publish=True).changed


@pytest.mark.slow
def test_the_demo_content_imports_without_a_warning(site: Site) -> None:
    report = import_package(ROOT / "demo", site, publish=True)
    assert len(report.pages.published) > 25
    assert report.warnings == ()
    assert not import_package(ROOT / "demo", site, publish=True).changed
