"""The templates in a browser: accessibility, keyboard, narrow screens, no script, weight, and nobody else asked."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import violations
from tests.unit.website import documents

if TYPE_CHECKING:
    from playwright.sync_api import Route

PATHS = [*(each["path"] for each in documents.ALL.values()), "/sok/?q=konferanse&topic=arbeidsliv", "/sok/?q=ingenting"]
MESSAGES = ["/finnes-ikke/", "/fjernet/", "/ikke-klar/"]
NEWS, EVENT = documents.NEWS["path"], documents.EVENT["path"]
MAX_PAGE_BYTES = 100_000
"""HTML, CSS and JavaScript, compressed."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*PATHS, *MESSAGES])
def test_axe_finds_nothing(open_page, path, scheme):
    assert violations(open_page(path, color_scheme=scheme)) == []


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_at_320_pixels_and_nothing_scrolls_sideways(open_page, path):
    page = open_page(path, width=320, height=640)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []


def test_everything_can_be_read_without_script(open_page):
    page = open_page(NEWS, java_script_enabled=False)
    assert page.locator("a[data-enlarge]").first.get_attribute("href") == "/media/sal-1600.jpg"
    page.get_by_text("Hvem kan delta?").click()
    assert page.get_by_text("Alle kommuner i regionen.").is_visible()


def test_menu_opens_and_closes_by_keyboard_without_script(open_page):
    page = open_page("/", width=320, height=640, java_script_enabled=False)
    link = page.locator("#menu").get_by_role("link", name="Prosjekter")
    assert not link.is_visible()
    page.locator(".menu-button").first.focus()
    page.keyboard.press("Enter")
    assert link.is_visible()
    page.keyboard.press("Escape")
    assert not link.is_visible()


def test_first_tab_skips_to_the_content(open_page):
    page = open_page(NEWS)
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("element => element === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_focus_is_seen_on_everything_that_tab_reaches(open_page):
    page = open_page(NEWS)
    reached = 0
    while reached < 60:
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])(getComputedStyle(document.activeElement))"
        )
        if page.evaluate("document.activeElement === document.body"):
            break
        assert outline == ["solid", "3px"], page.evaluate("document.activeElement.outerHTML")
        reached += 1
    assert reached > 20


def test_enlarge_is_a_dialog_that_returns_focus(open_page):
    page = open_page(NEWS)
    button = page.locator("button.enlarge").first
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    assert dialog.locator("img").get_attribute("src").endswith("/media/sal-1600.jpg")
    assert "Inger Stubsjøen" in dialog.inner_text()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert button.evaluate("element => element === document.activeElement")
    button.click()
    dialog.get_by_role("button").click()
    expect(page.locator("dialog")).to_have_count(0)
    assert button.evaluate("element => element === document.activeElement")


def test_nothing_from_others_before_a_click(open_page, site):
    page = open_page(NEWS)
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.context.route(lambda url: not url.startswith(site), refuse)
    page.reload(wait_until="networkidle")
    assert asked == []
    page.locator("button.embed-play").click()
    page.wait_for_selector("iframe")
    page.wait_for_timeout(200)
    assert asked
    assert all(url.startswith("https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?autoplay=1") for url in asked)
    assert page.locator("iframe").get_attribute("title") == "Direktesending fra konferansen"


@pytest.mark.parametrize("path", [NEWS, EVENT, "/", "/sok/?q=konferanse"])
def test_a_page_is_light(open_page, site, path):
    page = open_page("/finnes-ikke/")
    weights = {}
    page.on(
        "response",
        lambda response: (
            response.request.resource_type in {"document", "stylesheet", "script"}
            and weights.update({response.url: len(gzip.compress(response.body()))})
        ),
    )
    page.goto(site + path, wait_until="networkidle")
    assert len(weights) == 4  # the page, its style, its script and that of suggestions
    assert sum(weights.values()) < MAX_PAGE_BYTES


def test_filters_are_a_plain_form(open_page):
    page = open_page("/sok/?q=konferanse&order=title", java_script_enabled=False)
    page.get_by_label("inkludering").check()
    page.get_by_role("button", name="Vis resultat").click()
    assert "topic=inkludering" in page.url
    assert "order=title" in page.url


def test_less_motion_on_request(open_page):
    page = open_page("/", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
