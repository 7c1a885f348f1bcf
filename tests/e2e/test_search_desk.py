"""A communicator puts the search right in the admin, and visitors find it so within seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.running import Site, running
from tests.e2e.test_editor_journey import log_in

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.slow

SECONDS = 20
"""Two are promised for a rule and five for a count; a loaded machine is slow, not wrong."""
HOME = "Formidle"


@pytest.fixture(scope="module")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("data")) as site:
        yield site


def results(page: Page, site: Site, text: str) -> list[str]:
    page.goto(f"{site.url}/sok/?q={text}")
    return page.locator("ul.rows > li h3").all_inner_texts()


def eventually(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.3)


def choose_home(page: Page, form: Locator) -> None:
    form.get_by_role("button", name="Velg en side").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name=HOME, exact=True).first.click()
    dialog.wait_for(state="detached")


def assert_accessible(page: Page) -> None:
    """Our part of the page; what is around every page of the admin is Wagtail's."""
    found = Axe().run(page, context=".nice-padding")
    assert found.violations_count == 0, found.generate_report()


def test_synonym_and_pin_from_the_desk_to_the_search_page(site: Site, page: Page) -> None:
    for _ in range(3):  # often enough to be shown
        assert results(page, site, "rullator") == []
    for _ in range(3):
        eventually(lambda: results(page, site, "formidle") == [HOME])
    page.locator("ul.rows > li h3 a").click()
    page.wait_for_url(f"{site.url}/")
    log_in(page, site)

    def counted() -> bool:
        page.goto(f"{site.url}/admin/search-desk/")
        rows = page.locator(".desk-queries tbody tr").all_inner_texts()
        return any(row.split()[:5] == ["formidle", "3", "1", "0", "1"] for row in rows) and any(
            "rullator" in row for row in rows
        )

    eventually(counted)
    assert_accessible(page)

    page.get_by_role("link", name="Nytt synonym for «rullator»").click()
    assert page.locator("#id_word").input_value() == "rullator"
    page.locator("#id_others").fill("formidle")
    page.get_by_role("button", name="Opprett").first.click()
    page.get_by_text("rullator → formidle").first.wait_for()
    eventually(lambda: results(page, site, "rullatorer") == [HOME])

    assert results(page, site, "trapp") == []
    page.goto(f"{site.url}/admin/search-pinned/new/?queries=trapp")
    page.locator("#id_pinned-ADD").click()
    choose_home(page, page.locator("#inline_child_pinned-0"))
    page.get_by_role("button", name="Opprett").first.click()
    page.get_by_role("link", name="trapp").first.wait_for()
    eventually(lambda: results(page, site, "trapp") == [HOME])

    page.goto(f"{site.url}/admin/search-desk/why/?q=rullator")
    choose_home(page, page.locator(".desk-why"))
    page.get_by_role("button", name="Forklar").click()
    page.get_by_role("heading", name=f"«{HOME}» er nummer 1 av 1").wait_for()
    page.get_by_text("ved synonymet «formidle»").wait_for()
    assert_accessible(page)
