"""No answer is kept beyond the next known change: an expiry, a scheduled publishing, an event that begins or ends."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cms.api.freshness import cache_control, kept_until
from cms.content import times
from cms.delivery.calendars.views import KEPT_AFTER_REMOVAL
from cms.publishing.models import Document, PublishedSite
from cms.publishing.schedule import Schedule

SOON = timedelta(seconds=5)


def kept_s(response) -> int:
    """The longest that anything in Cache-Control allows, stale answers included."""
    caching = response["Cache-Control"]
    if caching == "no-cache":
        return 0
    seconds = {name: int(value) for name, value in re.findall(r"([a-z-]+)=([0-9]+)", caching)}
    fresh = max(seconds["max-age"], seconds.get("s-maxage", 0))
    return fresh + max(seconds.get("stale-while-revalidate", 0), seconds.get("stale-if-error", 0))


def test_ends_clip_every_part(settings):
    settings.CACHE_SHARED_MAX_AGE = 600
    now = timezone.now()
    whole = "public, max-age=10, s-maxage=600, stale-while-revalidate=60, stale-if-error=3600"
    assert cache_control() == cache_control(None) == whole
    assert cache_control(None, now + timedelta(days=1)) == whole
    clipped = cache_control(now + timedelta(seconds=630.5), now + timedelta(days=1))
    assert clipped == "public, max-age=10, s-maxage=600, stale-while-revalidate=30, stale-if-error=30"
    assert cache_control(now + timedelta(seconds=4.5)) == "public, max-age=4, s-maxage=4"
    assert cache_control(now + timedelta(seconds=0.5)) == cache_control(now - SOON) == "no-cache"


def test_what_is_made_from_an_answer_lives_no_longer(settings):
    settings.CACHE_SHARED_MAX_AGE = 600
    for end in (timedelta(seconds=630), timedelta(seconds=4), timedelta(0), timedelta(days=1)):
        moment = timezone.now() + end
        assert timezone.now() - SOON <= kept_until(cache_control(moment)) <= moment + SOON


def test_expiring_page_and_what_shows_it(published, api):
    report, other = published["report"], published["page"]
    report.refresh_from_db()
    report.expire_at = timezone.now() + SOON
    report.save_revision().publish()
    published.follow()
    path = Document.objects.get(pk=report.pk).path
    showing = [
        *(f"content/{report.pk}/", f"content/{report.pk}/?fields=title", f"resolve/?path={path}", "news/"),
        *(f"content/?ids={report.pk}", f"content/{published['conference'].pk}/", path),
        *("/nyheter/", "search/?type=news-article", f"search/suggest/?q={report.title[:4]}"),
        "/sok/?type=news-article",
    ]
    for url in showing:
        response = api.response(url)
        assert response.status_code == 200
        assert kept_s(response) <= SOON.seconds, url
        again = api.response(url, headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, kept_s(again) <= SOON.seconds) == (304, True)
    for url in ("/feeds/news.atom", "/feeds/all.json", "/sitemap.xml", "/llms.txt"):
        assert kept_s(api.response(url)) <= SOON.seconds, url
    for url in (f"content/{other.pk}/", "networks/", "navigation/", "/feeds/networks.atom"):
        assert kept_s(api.response(url)) > 1000, url


@pytest.mark.parametrize(
    "url",
    [
        *("content/", "events/", "navigation/", "site/", "search/", "search/suggest/?q=k", "resolve/?path=/", "/"),
        *("/feeds/news.atom", "/feeds/all.json", "/calendar/events.ics", "/sitemap.xml", "/llms.txt"),
    ],
)
def test_next_publishing_of_anything(published, api, url):
    PublishedSite.objects.update(next_live_at=timezone.now() + SOON)
    assert kept_s(api.response(url)) <= SOON.seconds
    PublishedSite.objects.update(next_live_at=timezone.now())
    assert kept_s(api.response(url)) == 0, "it may be live any moment"


def test_not_found_and_gone_are_kept_for_a_moment_until_something_is_published(published, api):
    for url in ("content/999999/", "resolve/?path=/kommer/", "/kommer/"):
        assert api.response(url)["Cache-Control"] == "public, max-age=10"
        PublishedSite.objects.update(next_live_at=timezone.now() + SOON)
        assert kept_s(api.response(url)) <= SOON.seconds
        PublishedSite.objects.update(next_live_at=None)


def test_event_that_expires_and_one_that_was_removed_end_their_calendars(published, api):
    event = published["conference"]
    Document.objects.filter(pk=event.pk).update(fresh_until=timezone.now() + SOON)
    for url in ("/calendar/events.ics", f"/calendar/events/{event.pk}.ics"):
        assert kept_s(api.response(url)) <= SOON.seconds, url
    event.refresh_from_db()
    event.unpublish()
    published.follow()
    assert kept_s(api.response("/calendar/events.ics")) > 1000
    forgotten = timezone.now() - KEPT_AFTER_REMOVAL
    Document.objects.filter(pk=event.pk).update(removed_at=forgotten + SOON)
    assert kept_s(api.response("/calendar/events.ics")) <= SOON.seconds


def test_schedule_tells_when_something_goes_live_next(published, api):
    page = published["article"]
    page.refresh_from_db()
    page.go_live_at = timezone.now() + timedelta(hours=2)
    page.save_revision().publish()
    Schedule().run_due()
    assert PublishedSite.objects.get().next_live_at == page.go_live_at
    page.go_live_at = None
    page.save_revision().publish()
    Schedule().run_due()
    assert PublishedSite.objects.get().next_live_at is None


@pytest.mark.parametrize(("start", "end"), [(SOON, timedelta(days=3)), (-timedelta(days=70), SOON)])
def test_lists_of_what_is_on_end_where_an_event_begins_or_ends(published, api, start, end):
    now = timezone.now()
    reach = 0 if start > timedelta(0) else 3
    Document.objects.filter(pk=published["future"].pk).update(date_start=now + start, date_end=now + end, reach=reach)
    response = api.response("events/?when=now,upcoming")
    assert kept_s(response) <= SOON.seconds
    assert "Last-Modified" not in response
    for url in ("/feeds/events.atom?when=upcoming", "/calendar/events.ics?when=now"):
        found = api.response(url)
        assert (kept_s(found) <= SOON.seconds, "Last-Modified" in found) == (True, False), url
    assert kept_s(api.response("events/")) > 1000
    assert kept_s(api.response("/arrangement/")) <= SOON.seconds, "a web page says which events are over"


def test_lists_have_the_date_of_the_last_change_once_its_second_is_over(published, api):
    PublishedSite.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    for url in ("news/", "navigation/", "site/"):
        response = api.response(url)
        again = api.response(url, headers={"If-Modified-Since": response["Last-Modified"]})
        assert again.status_code == 304
    PublishedSite.objects.update(changed_at=timezone.now())
    assert "Last-Modified" not in api.response("news/")


def test_web_pages_are_asked_for_every_time_by_browsers_and_vary_by_encoding_alone(published, api):
    for url in ("/", "/nyheter/", "/search/"):
        response = api.response(url)
        if response.status_code == 404:
            continue
        assert "max-age=0, s-maxage=" in response["Cache-Control"]
        assert response["Vary"] == "Accept-Encoding"
        assert response["ETag"].startswith('"')
        assert not response.cookies
        assert {"navigation", "site"} <= set(response["Cache-Tag"].split(","))


def test_search_ends_where_an_event_begins_and_at_midnight(published, api, monkeypatch):
    now = timezone.now()
    Document.objects.filter(pk=published["future"].pk).update(date_start=now + SOON, date_end=now + timedelta(days=3))
    assert kept_s(api.response("search/?when=upcoming")) <= SOON.seconds
    assert kept_s(api.response("search/")) > 1000
    tomorrow = times.midnight(now.astimezone(times.OSLO).date() + timedelta(days=1))
    monkeypatch.setattr(timezone, "now", lambda: tomorrow - SOON)
    assert kept_s(api.response("search/?q=k")) <= SOON.seconds, "what is recent, and what is pinned, changes with days"
