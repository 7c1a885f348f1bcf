"""A visitor looks for a conference in the demo content, narrows the search and reads the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.running import Site, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("data"), demo=True) as site:
        yield site


def assert_accessible(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_visitor_searches_narrows_and_opens_an_event(site: Site, page: Page) -> None:
    page.goto(site.url)
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


def test_search_works_without_script(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/sok/?q=konferansen&type=event")
    assert page.get_by_role("checkbox", name="Arrangement").is_checked()
    page.locator("main").get_by_role("link", name="Arbeidslivskonferansen 2019").click()
    assert "arbeidslivskonferansen" in page.url
    context.close()
