from __future__ import annotations

import pytest
from wagtail.contrib.redirects.models import Redirect

from cms.api.cursors import pack
from cms.publishing import reads


def follow(api, url="changes/", **parameters):
    """All entries up to the end of the log, and the cursor there."""
    page = api.get(url, **parameters)
    entries = page["results"]
    while page["next"]:
        page = api.get(page["next"])
        entries = entries + page["results"]
    return entries, page["cursor"]


def short(entry):
    return entry["kind"], entry["id"], entry["path"], entry["previous_path"]


def test_first_reading_has_one_entry_per_document_and_redirect(published, api):
    page = published["report"]
    page.refresh_from_db()
    page.slug = "melding"
    page.save_revision().publish()
    redirect = Redirect.objects.create(old_path="/kort", redirect_link="https://example.org/")
    published.follow()
    entries, cursor = follow(api, limit=3)
    live = {(each.pk, "published") for each in published.pages.values()}
    assert {(entry["id"], entry["kind"]) for entry in entries if entry["id"]} == live
    assert len(entries) == len(live) + 2
    redirects = {entry["path"]: entry["api_url"] for entry in entries if entry["kind"] == "redirect"}
    assert redirects == {
        "/nyheter/rapport/": "/api/v1/resolve/?path=/nyheter/rapport/",
        f"{redirect.old_path}/": "/api/v1/resolve/?path=/kort/",
    }
    assert api.get("changes/", after=cursor) == {"results": [], "cursor": cursor, "next": None}


def test_log_follows_from_where_the_first_reading_began(published, api):
    first = api.get("changes/", limit=2)
    page = published["article"]
    page.refresh_from_db()
    page.title = "Ny høring"
    page.save_revision().publish()
    published.follow()
    entries, cursor = follow(api, first["next"])
    assert ("updated", page.pk, "/nyheter/høring/", None) in map(short, entries)
    page.slug = "flyttet"
    page.save_revision().publish()
    published.follow()
    page.unpublish()
    published.follow()
    later = [short(entry) for entry in follow(api, after=cursor)[0] if entry["id"] == page.pk]
    assert later == [
        ("moved", page.pk, "/nyheter/flyttet/", "/nyheter/høring/"),
        ("removed", page.pk, "/nyheter/flyttet/", None),
    ]


def test_mirror_can_go_on_from_any_entry(published, api):
    whole, _ = follow(api)
    middle = len(whole) // 2
    rest, _ = follow(api, after=whole[middle]["cursor"])
    assert list(map(short, rest)) == list(map(short, whole[middle + 1 :]))


def test_menus_and_settings_are_in_the_log(published, api):
    start = pack([reads.epoch(), "log", 0, 0])
    entries, _ = follow(api, after=start, limit=100)
    kinds = {entry["kind"]: entry["api_url"] for entry in entries if entry["id"] is None}
    assert kinds == {"navigation": "/api/v1/navigation/", "site": "/api/v1/site/"}


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(lambda: pack(["another", "log", 0, 0]), id="epoch of a backup"),
        pytest.param(lambda: pack([reads.epoch(), "log", reads.last_change() + 1, 0]), id="ahead of the log"),
    ],
)
def test_cursor_that_the_log_does_not_know_says_start_over(published, api, after):
    problem = api.get("changes/", 410, after=after())
    assert problem["type"] == "/api/v1/docs/problems/cursor-expired/"


@pytest.mark.parametrize("after", ["x", "bnVsbA", pack(["", "log", -1, 0]), pack(["", "redirects", 0, "\x00"]), "æ"])
def test_broken_cursor_is_refused(published, api, after):
    assert api.faults("changes/", after=after) == {"after": "the cursor is broken."}
