"""The search page in a browser: its states, and suggestions while somebody types, by keyboard, pointer and touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import violations

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

expect.set_options(timeout=30_000)  # a loaded machine is slow, not wrong

LONG = "x" * 500
STATES = {
    "nothing asked": "/sok/",
    "results": "/sok/?q=konferanse&topic=arbeidsliv&date_from=2024-01-31&under=/nyheter/",
    "no results": "/sok/?q=ingenting&topic=arbeidsliv&date_from=2024-01-31",
    "degraded": "/sok/?q=svekket",
    "faulty parameters": "/sok/?q=konferanse&year=feil&topic=feil",
    "refused": f"/sok/?q={LONG}",
}


def field(page: Page) -> Locator:
    return page.get_by_role("combobox")


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def typed(page: Page, text: str) -> Page:
    """Typed key by key, with the suggestions open."""
    field(page).press_sequentially(text)
    expect(options(page).first).to_be_visible()
    return page


def active(page: Page) -> str | None:
    """What a screen reader says is chosen."""
    name = page.evaluate("document.activeElement.getAttribute('aria-activedescendant')")
    return page.locator(f"#{name}").inner_text() if name else None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_is_accessible_wide_and_narrow(open_page, state, scheme):
    page = open_page(STATES[state], color_scheme=scheme)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/sok/", "/"])
def test_open_suggestions_are_accessible_wide_and_narrow(open_page, path, scheme):
    page = typed(open_page(path, color_scheme=scheme), "arbe")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []


def test_arrows_go_round_by_way_of_the_field_and_escape_closes(open_page):
    page = typed(open_page("/sok/"), "arbe")
    combobox, names = field(page), options(page).all_inner_texts()
    assert (combobox.get_attribute("aria-expanded"), active(page)) == ("true", None)
    seen = []
    for _ in range(len(names) + 2):
        page.keyboard.press("ArrowDown")
        seen.append(active(page))
    assert seen == [*names, None, names[0]]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert active(page) == names[-1]
    page.keyboard.press("Home")
    assert active(page) is None
    page.keyboard.press("Escape")
    assert (combobox.get_attribute("aria-expanded"), combobox.input_value()) == ("false", "arbe")
    expect(options(page)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    assert active(page) == names[0]
    page.keyboard.press("Tab")
    expect(options(page)).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Alt+ArrowDown")
    assert (combobox.get_attribute("aria-expanded"), active(page)) == ("true", None)


def test_enter_takes_what_is_chosen_and_otherwise_searches_for_what_was_typed(open_page):
    page = typed(open_page("/sok/"), "arbe")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok/?q=arbe&*")
    field(page).fill("")
    typed(page, "arbe")
    word = options(page).first.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/sok/?q={word}*")
    page = typed(open_page("/sok/"), "arbe")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sok/" not in url)


def test_a_click_and_a_tap_choose(open_page):
    page = typed(open_page("/"), "arbe")
    title = options(page).last.inner_text()
    options(page).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title[:10])
    page = typed(open_page("/", has_touch=True, width=320, height=640), "arbe")
    word = options(page).first.inner_text()
    options(page).first.tap()
    page.wait_for_url(f"**/sok/?q={word}*")


def test_how_many_suggestions_there_are_is_announced(open_page):
    page = typed(open_page("/sok/"), "arbe")
    count = options(page).count()
    expect(page.get_by_role("status")).to_have_text(f"{count} forslag. Velg med piltastene.")
    field(page).fill("qqqq")
    expect(page.get_by_role("status")).to_have_text("Ingen forslag")
    assert field(page).get_attribute("aria-expanded") == "false"


def test_telephones_compose_every_word_and_get_suggestions(open_page):
    page = open_page("/sok/")
    field(page).focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "arbe", "selectionStart": 4, "selectionEnd": 4})
    expect(options(page).first).to_be_visible()
    assert field(page).input_value() == "arbe"


def test_only_the_last_question_is_answered_and_few_are_asked(open_page):
    page = open_page("/sok/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)
    with page.expect_request("**/suggest/**"):
        page.evaluate(
            "() => { const input = document.getElementById('q'); input.focus();"
            "for (let end = 1; end <= 8; end++) {"
            "input.value = 'langsomt'.slice(0, end); input.dispatchEvent(new InputEvent('input')) } }"
        )
    page.wait_for_timeout(300)
    assert [url.partition("q=")[2] for url in asked] == ["langsomt&limit=5"]
    field(page).fill("")
    typed(page, "arbe")
    page.wait_for_timeout(900)
    assert "langsomt svar" not in options(page).all_inner_texts()
    field(page).fill("ødelagt")
    expect(options(page)).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok/?q=*delagt*")


def test_nothing_moves_when_suggestions_come(open_page):
    page = open_page("/sok/?q=konferanse")
    page.evaluate(
        "window.shift = 0; new PerformanceObserver(list => {"
        "for (const each of list.getEntries()) window.shift += each.value"
        "}).observe({type: 'layout-shift', buffered: true})"
    )
    before = page.get_by_role("heading", level=2).first.bounding_box()
    field(page).fill("")
    typed(page, "arbe")
    assert page.get_by_role("heading", level=2).first.bounding_box() == before
    assert page.evaluate("window.shift") == 0


def test_filters_that_stand_in_the_way_are_offered_to_be_left_out(open_page):
    page = open_page(STATES["no results"])
    page.get_by_role("link", name="Uten Tema: arbeidsliv").click()
    page.wait_for_url("**/sok/?q=ingenting&date_from=2024-01-31")
    page.get_by_role("link", name="Fjern filteret Fra 31. januar 2024").click()
    page.wait_for_url("**/sok/?q=ingenting")


def test_on_the_way_back_the_filters_are_those_of_the_address(open_page):
    page = open_page("/sok/?q=konferanse")
    boxes = page.locator(".filters input[type=checkbox]:visible")
    chosen = page.locator(".filters input:checked").count()
    boxes.first.check()
    page.get_by_role("button", name="Vis resultat").click()
    page.wait_for_url("**/sok/?q=konferanse&*")
    page.go_back()
    page.wait_for_url("**/sok/?q=konferanse")
    assert page.locator(".filters input:checked").count() == chosen


def test_refused_words_stay_in_the_field(open_page):
    page = open_page(STATES["refused"])
    assert page.get_by_role("alert").is_visible()
    assert field(page).input_value() == LONG
