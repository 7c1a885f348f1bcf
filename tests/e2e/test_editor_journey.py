"""An editor who has never seen the place makes an event with a photo and a timed programme, and visitors read it."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from playwright.sync_api import Error as PlaywrightError

from tests.e2e.running import Site, running

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("data")) as site:
        yield site


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "sal.jpg"
    Image.new("RGB", (1600, 900), "seagreen").save(path)
    return path


def test_editor_publishes_an_event_with_photo_and_programme(site: Site, page: Page, photo: Path) -> None:
    log_in(page, site)
    begin_event(page, site)
    page.locator("#id_title").fill("Frokostseminar om inkludering")
    page.locator("#id_summary").fill("Hva virker når flere skal med i arbeidslivet?")

    image = add(page, "image")
    image.get_by_role("button", name="Velg et bilde").click()
    upload(page, photo)
    image.get_by_text("Salen på kommunehuset").wait_for()

    date_field(page, "#id_start", "2030-01-31 09:00")
    date_field(page, "#id_end", "2030-01-31 11:30")
    add(page, "place").get_by_label("Navnet på stedet").fill("Kommunehuset i Lillehammer")

    first = add(page, "programme")
    programme_item(first, "09:00", "09:10", "Velkommen")
    speaker(first, "Kari Nordmann", "Kommunedirektør")
    second = add(page, "programme", 1)
    programme_item(second, "09:10", "11:00", "Det som virker")
    speaker(second, "Ola Hansen", "Forsker")

    publish(page)
    page.get_by_text(re.compile("Frokostseminar om inkludering.*publisert")).first.wait_for()

    assert_visitors_read_it(page, site)


def test_what_stops_publishing_is_shown_where_it_is(site: Site, page: Page) -> None:
    log_in(page, site)
    begin_event(page, site)
    page.locator("#id_title").fill("Uferdig")
    item = add(page, "programme")
    item.get_by_label("Tittel").first.fill("Uten klokkeslett")
    publish(page)
    page.get_by_text("Det som må rettes, er merket").wait_for()
    page.locator("#programme-0-value-start-errors").get_by_text("Dette feltet må fylles ut.").wait_for()
    assert page.locator("#programme-0-value-title").input_value() == "Uten klokkeslett"


def log_in(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/admin/")
    page.locator("[name=username]").fill(site.user)
    page.locator("[name=password]").fill(site.password)
    page.get_by_role("button", name="Logg inn").click()
    page.get_by_role("navigation").get_by_text("Sider").first.wait_for()


def begin_event(page: Page, site: Site) -> None:
    """Below the home page, through the page that offers the types."""
    page.goto(f"{site.url}/admin/pages/")
    home = page.locator("a[href*='/edit/']", has_text="Formidle").first.get_attribute("href")
    assert home
    page.goto(site.url + home.replace("/edit/", "/add_subpage/"))
    page.get_by_role("link", name=re.compile("^Arrangement")).first.click()
    page.locator("#programme-root .c-sf-add-button, [data-contentpath='programme'] .c-sf-add-button").first.wait_for()


def add(page: Page, field: str, index: int = 0) -> Locator:
    """Press the last + of a StreamField and get the part that appears."""
    button = page.locator(f"[data-contentpath='{field}'] .c-sf-add-button").locator("visible=true").last
    entry = page.locator(f"[name={field}-{index}-id]")
    for _ in range(10):  # a calendar that opens late takes the first click
        if entry.count():
            break
        with suppress(PlaywrightError):  # a button that has done its work may go
            button.click(timeout=5000)
        with suppress(PlaywrightError):  # the click was taken by something else: once more
            entry.wait_for(state="attached", timeout=5000)
    part = page.locator(f"#{entry.evaluate(SECTION_ID)}")
    part.wait_for()
    return part


SECTION_ID = "input => input.parentElement.querySelector('section').id"


def upload(page: Page, photo: Path) -> None:
    """In the dialog: a new picture, with what the form asks about it."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Last opp").click()
    form = dialog.locator("form", has=page.locator("input[type=file]"))
    form.locator("input[type=file]").set_input_files(photo)
    form.get_by_label("Tittel").fill("Salen på kommunehuset")
    form.get_by_label("Alternativ tekst").fill("En sal med rader av stoler")
    form.get_by_label("Kreditering").fill("Per Fotograf")
    form.get_by_role("button", name="Last opp").click()


def date_field(page: Page, selector: str, value: str) -> None:
    page.fill(selector, value)
    page.press(selector, "Escape")  # its calendar lies over the next fields


def programme_item(item: Locator, start: str, end: str, title: str) -> None:
    for name, value in (("start", start), ("end", end)):
        field = item.locator(f"[data-contentpath='{name}'] input")
        field.fill(value)
        field.press("Escape")
    item.locator("[data-contentpath='title'] input").first.fill(title)


def speaker(item: Locator, name: str, title: str) -> None:
    people = item.locator("[data-contentpath='speakers']")
    people.locator(".c-sf-add-button").first.click()
    people.locator("[data-contentpath='name'] input").fill(name)
    people.locator("[data-contentpath='title'] input").fill(title)


def publish(page: Page) -> None:
    footer = page.locator("footer")
    footer.locator("[data-w-dropdown-target='toggle']").click()
    page.get_by_role("button", name="Publiser", exact=True).click()


def assert_visitors_read_it(page: Page, site: Site) -> None:
    address = f"{site.url}/frokostseminar-om-inkludering/"
    wait_until_answers(address)
    page.goto(address)
    page.get_by_role("heading", name="Frokostseminar om inkludering", level=1).wait_for()
    for text in ("Kommunehuset i Lillehammer", "Velkommen", "Det som virker", "Kari Nordmann", "Forsker"):
        assert page.get_by_text(text).first.is_visible(), text
    assert page.get_by_alt_text("En sal med rader av stoler").first.is_visible()
    assert page.get_by_text("Per Fotograf").first.is_visible()


def wait_until_answers(address: str) -> None:
    """The worker publishes within a second or two."""
    deadline = time.monotonic() + 20
    while True:
        try:
            answer: Any = urllib.request.urlopen(address, timeout=5)
            assert answer.status == 200
            return
        except urllib.error.HTTPError:
            assert time.monotonic() < deadline, "the page did not appear"
            time.sleep(0.2)
