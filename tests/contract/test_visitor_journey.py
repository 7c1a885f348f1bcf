"""A visitor looks for a conference in the demo content, narrows the search and reads the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.contract.conftest import Site
from tests.e2e.conftest import page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["page"]
pytestmark = pytest.mark.slow


def assert_accessible(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_visitor_searches_narrows_and_opens_an_event(demo_site: Site, page: Page) -> None:
    page.goto(demo_site.url)
    page.get_by_role("combobox").first.fill("konferansen")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Søk", level=1).wait_for()
    assert page.locator("mark").count() > 0
    assert_accessible(page)

    page.get_by_role("checkbox", name="Arrangement").check()
    page.get_by_role("button", name="Vis resultat").click()
    page.wait_for_url("**type=event**")
    found = page.locator("main").get_by_role("link", name="Arbeidslivskonferansen 2019")
    assert_accessible(page)

    found.click()
    page.get_by_role("heading", name="Arbeidslivskonferansen 2019", level=1).wait_for()
    assert "12. september 2019" in page.locator("main").inner_text()
    assert page.locator("main picture img").first.evaluate("image => image.complete && image.naturalWidth > 0")
    assert_accessible(page)


def test_search_works_without_script(demo_site: Site, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo_site.url}/sok/?q=konferansen&type=event")
    assert page.get_by_role("checkbox", name="Arrangement").is_checked()
    page.locator("main").get_by_role("link", name="Arbeidslivskonferansen 2019").click()
    assert "arbeidslivskonferansen" in page.url
    context.close()
