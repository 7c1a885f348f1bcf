"""The pages of the search desk: what visitors search for, and why a page is found."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from cms.publishing.models import Parked
from cms.publishing.projector import Projector
from search.desk import stored
from search.models import ClickCount, HiddenPage, PinnedPage, QueryRule, SearchCount, Synonym

DESK, WHY = "/admin/search-desk/", "/admin/search-desk/why/"


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def site(published) -> int:
    return Site.objects.get().pk


def searched(site, text, times, hits=3, days=0, filtered=False):
    hour = timezone.now() - timedelta(days=days)
    SearchCount.objects.create(
        site_id=site, text=text, times=times, hits=hits, hour=hour, filtered=filtered, degraded=False
    )


def clicked(site, text, times, days=0):
    hour = timezone.now() - timedelta(days=days)
    ClickCount.objects.create(site_id=site, text=text, times=times, hour=hour, document_id=1, position=1)


def rows(client, **asked):
    """text → (searches, hits, filtered, clicks, rate)."""
    shown = client.get(DESK, asked).context["rows"]
    return {row.text: (row.searches, row.hits, row.filtered, row.clicks, row.rate) for row, _ in shown}


def page(client, path, **asked):
    response = client.get(path, asked)
    assert response.status_code == 200
    return unescape(" ".join(response.content.decode().split()))


def test_most_searched_texts_with_results_and_clicks(admin, site):
    searched(site, "barnehage", 4)
    searched(site, "barnehage", 2, hits=1, filtered=True)
    clicked(site, "barnehage", 3)
    searched(site, "rullator", 7, hits=0)
    searched(site, "stilling", 5)
    searched(site + 1, "annet nettsted", 9)
    assert list(rows(admin).items()) == [
        ("rullator", (7, 0, 0, 0, 0)),
        ("barnehage", (6, 3, 2, 3, 50)),
        ("stilling", (5, 3, 0, 0, 0)),
    ]
    assert list(rows(admin, kind="no-results")) == ["rullator"]
    assert list(rows(admin, kind="no-clicks")) == ["stilling"]
    sums = admin.get(DESK).context["sums"]
    assert (sums.searches, sums.clicks, sums.rate, sums.without_results_share) == (18, 3, 17, 39)


def test_rare_texts_are_shown_nowhere(admin, site, settings):
    searched(site, "kari nordmann", 1)
    searched(site, "kari nordmann", 1, days=1)
    searched(site, "ofte", 3)
    for kind in ("top", "no-results", "no-clicks"):
        assert "kari" not in page(admin, DESK, kind=kind)
    for export in ("csv", "xlsx"):
        assert b"kari" not in b"".join(admin.get(DESK, {"export": export}).streaming_content)
    assert "1 rarer text of this period is left out." in page(admin, DESK)
    settings.SEARCH_LOG_LEAST = 2
    assert list(rows(admin)) == ["ofte", "kari nordmann"]


def test_search_that_has_results_by_now_is_no_longer_without(admin, site):
    searched(site, "rullator", 5, hits=0, days=2)
    searched(site, "rullator", 1, hits=2)
    searched(site, "trapp", 5, hits=4, days=2)
    searched(site, "trapp", 1, hits=0)
    assert list(rows(admin, kind="no-results")) == ["trapp"]


def test_periods(admin, site):
    searched(site, "i dag", 3)
    searched(site, "for ti dager siden", 3, days=10)
    day = timezone.localdate() - timedelta(days=10)
    assert list(rows(admin)) == ["i dag"]
    assert list(rows(admin, days="30")) == ["for ti dager siden", "i dag"]
    assert list(rows(admin, days="own", first=day, last=day)) == ["for ti dager siden"]
    for asked in ({"days": "x"}, {"days": "own", "first": "x"}, {"kind": "x"}, {"site": "x"}):
        assert list(rows(admin, **asked)) == ["i dag"]
    wrong = page(admin, DESK, days="own", first=timezone.localdate(), last=day)
    assert "The last day is before the first one." in wrong
    forgotten = page(admin, DESK, days="7", first=day, last=day)
    assert "Choose “From and to” for the days you wrote, or leave them empty." in forgotten


def test_one_click_leads_to_a_new_entry_or_to_the_one_there_is(admin, site, published):
    searched(site, "rullator", 3)
    searched(site, "ledige stillinger", 3)
    shown = page(admin, DESK)
    assert f"/admin/search-synonyms/new/?word=rullator&site={site}" in shown
    assert f"/admin/search-pinned/new/?queries=rullator&site={site}" in shown
    assert f"{WHY}?q=rullator&site={site}" in shown
    synonym = Synonym.objects.create(word="Rullatoren", others="gåstol")
    rule = QueryRule.objects.create(queries="ledig stilling", site_id=site)
    shown = page(admin, DESK)
    assert "new/?word=rullator" not in shown
    assert f"/admin/search-synonyms/edit/{synonym.pk}/" in shown
    Synonym.objects.create(word='"gåstol"', others="rullator")
    searched(site, '"ny rullator"', 3)
    assert "new/?word=%22ny+rullator%22" in page(admin, DESK), "what is in quotes tells words apart too"
    assert f"/admin/search-pinned/edit/{rule.pk}/" in shown


def test_download_is_safe_in_a_spreadsheet(admin, site):
    searched(site, "=1+1", 3, hits=0)
    searched(site, "barnehage", 4)
    clicked(site, "barnehage", 1)
    lines = b"".join(admin.get(DESK, {"export": "csv"}).streaming_content).decode().splitlines()
    assert lines[1:] == ["barnehage,4,3,0,1,25", "'=1+1,3,0,0,0,0"]


def test_desk_says_when_nothing_is_counted(admin, site, settings):
    assert "Searches are not counted here" in page(admin, DESK)
    settings.SEARCH_LOG = True
    assert "Searches are not counted here" not in page(admin, DESK)


def test_why_a_page_is_found(admin, site, published):
    report = published["report"]
    shown = page(admin, WHY, q="konferansen i Lillehammer", page=report.pk)
    assert f"“{report.title}” is number" in shown
    assert "as it is: konferansen – title" in shown
    assert "It does not have this word: lillehammer." in shown
    assert "Too common to be searched for: i." in shown
    Synonym.objects.create(word="rullator", others="konferanse")
    rule = QueryRule.objects.create(queries="gåstol", site_id=site)
    PinnedPage.objects.create(rule=rule, page=report, sort_order=0)
    HiddenPage.objects.create(rule=rule, page=published["network"])
    stored.forget()
    assert "by the synonym “konferanse”: konferansen" in page(admin, WHY, q="rullator", page=report.pk)
    shown = page(admin, WHY, q="gåstol", page=report.pk)
    assert "is number 1 of 1" in shown
    assert "It is at the top, since it was chosen to come first for this search." in shown
    assert f"/admin/search-pinned/edit/{rule.pk}/" in shown
    assert "chosen to come never" in page(admin, WHY, q="gåstol", page=published["network"].pk)


def test_why_a_page_is_not_found(admin, site, published):
    article = published["article"]
    shown = page(admin, WHY, q="rullator", page=article.pk)
    assert f"“{article.title}” is not among the results for “rullator”." in shown
    assert "Together" not in shown
    PageViewRestriction.objects.create(page=published["showcase"], restriction_type="login")
    assert "not open to everybody" in page(admin, WHY, q="x", page=published["showcase"].pk)
    home = Page.objects.get(pk=published["home"].pk)
    draft = home.add_child(instance=type(published["page"])(title="Utkast", slug="utkast", live=False))
    assert "It is not published." in page(admin, WHY, q="utkast", page=draft.pk)
    draft.save_revision().publish()
    assert "It is about to be published" in page(admin, WHY, q="utkast", page=draft.pk)
    Projector().drain()
    assert "is not in the search index yet" in page(admin, WHY, q="utkast", page=draft.pk)
    Parked.objects.create(consumer="search", document_id=draft.pk, reason="for stor", retry_at=timezone.now())
    assert "It could not be indexed: for stor" in page(admin, WHY, q="utkast", page=draft.pk)
    elsewhere = Page.objects.get(depth=1).add_child(instance=Page(title="Annet", slug="annet"))
    assert "It is not on this website." in page(admin, WHY, q="x", page=elsewhere.pk)


def test_why_says_when_the_engine_is_away(admin, site, published, monkeypatch, tmp_path):
    from search import service
    from search.tantivy_engine import TantivyEngine

    monkeypatch.setattr(service, "engine", lambda: TantivyEngine(tmp_path))
    assert "The search engine cannot answer now" in page(admin, WHY, q="x", page=published["report"].pk)


def test_desk_is_for_those_with_its_permission(published, client, site):
    searched(site, "barnehage", 4)
    group = Group.objects.create(name="Redaktører")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("editor")
    user.groups.add(group)
    client.force_login(user)
    for path in (DESK, WHY, f"{DESK}?export=csv"):
        assert client.get(path).status_code == 302
    assert "search-desk" not in client.get("/admin/").content.decode()
    group.permissions.add(Permission.objects.get(codename="view_desk"))
    client.force_login(User.objects.get(pk=user.pk))
    shown = page(client, DESK)
    assert "barnehage" in shown
    assert "search-synonyms/new" not in shown
    assert client.get(WHY).status_code == 200
