"""Editors' redirects beside live pages and beside what became of pages."""

from __future__ import annotations

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.publishing import mirror, reads
from cms.publishing.models import Change
from tests.integration.publishing.site import add, delete, plain, publish, resolve, unpublish, work

pytestmark = pytest.mark.usefixtures("consistent")


@pytest.fixture
def page(home):
    added = add(home, plain("Mål", slug="mål"))
    work()
    return added


def redirect(old_path, target, **options):
    return Redirect.add_redirect(old_path, target, **options)


def logged(path):
    return Change.objects.filter(kind="redirect", path=path).count()


def test_redirect_to_a_page_follows_it(page):
    redirect("/kort", page)
    work()
    assert resolve("/kort/") == "/mål/"
    publish(page, slug="nytt")
    work()
    assert resolve("/kort/") == "/nytt/"
    assert logged("/kort/") == 2


def test_redirect_to_an_address_may_be_temporary(page):
    redirect("/kort", "https://example.org/x?a=b", is_permanent=False)
    work()
    site = reads.site_for_host("localhost").id
    assert reads.resolve(site, "/kort") == reads.Redirected("https://example.org/x?a=b", False)


def test_redirect_to_a_page_that_is_not_public_is_not_there(page):
    unpublish(page)
    redirect("/kort", page)
    work()
    assert resolve("/kort/") is None
    publish(page)
    work()
    assert resolve("/kort/") == "/mål/"
    unpublish(page)
    work()
    assert resolve("/kort/") is None


def test_redirect_to_a_page_that_never_was_public(home):
    target = add(home, plain("Utkast"), live=False)
    redirect("/kort", target)
    work()
    assert resolve("/kort/") is None


def test_live_page_comes_before_a_redirect_at_its_path(page):
    redirect("/mål", "https://example.org/")
    work()
    assert resolve("/mål/") == page.pk
    publish(page, slug="flyttet")
    work()
    assert resolve("/mål/") == "https://example.org/"
    assert logged("/mål/") == 1
    publish(page, slug="mål")
    work()
    assert resolve("/mål/") == page.pk


def test_redirect_at_the_path_of_a_removed_page(page):
    redirect("/mål", "https://example.org/")
    unpublish(page)
    work()
    assert resolve("/mål/") == "https://example.org/"


def test_deleted_redirect_leaves_the_history_of_the_path(page):
    publish(page, slug="nytt")
    row = redirect("/mål", "https://example.org/")
    work()
    assert resolve("/mål/") == "https://example.org/"
    row.delete()
    work()
    assert resolve("/mål/") == "/nytt/"
    row = redirect("/annet", "https://example.org/")
    work()
    row.delete()
    work()
    assert resolve("/annet/") is None


def test_changed_redirect_leaves_its_old_path(page):
    row = redirect("/kort", page)
    work()
    row.old_path = "/lang"
    row.save()
    work()
    assert (resolve("/kort/"), resolve("/lang/")) == (None, "/mål/")


def test_deleted_target_takes_its_redirect_along(page):
    redirect("/kort", page)
    work()
    delete(page)
    work()
    assert resolve("/kort/") is None
    assert resolve("/mål/") == "gone"


def test_redirect_of_one_site_comes_before_one_of_all(page):
    redirect("/kort", "https://example.org/alle")
    mine = redirect("/kort", "https://example.org/her", site=Site.objects.get())
    work()
    assert resolve("/kort/") == "https://example.org/her"
    mine.delete()
    work()
    assert resolve("/kort/") == "https://example.org/alle"


def test_redirect_of_all_sites_holds_for_a_new_one(page, home):
    redirect("/kort", "https://example.org/")
    work()
    root = add(Page.get_first_root_node(), type(home)(title="Annet", slug="annet"))
    site = Site.objects.create(hostname="annet.example", port=80, root_page=root)
    work()
    assert reads.resolve(site.pk, "/kort/") == reads.Redirected("https://example.org/", True)


def test_redirect_with_a_query_is_found_with_it(page):
    redirect("/index.php?id=12", page)
    work()
    assert resolve("/index.php?id=12") == "/mål/"
    assert resolve("/index.php") is None


def test_path_of_an_old_system_is_found_decoded(page):
    Redirect.objects.create(old_path="/Artikler/S%C3%B8knad/", redirect_page=page)
    work()
    assert resolve("/Artikler/Søknad") == "/mål/"


def test_mirror_learns_of_every_path_that_leads_elsewhere(page):
    hidden = add(Page.objects.get(depth=2), plain("Skjult"))
    work()
    redirect("/kort", page)
    redirect("/ut", "https://example.org/")
    redirect("/skjult-kort", hidden)
    redirect("/mål", "https://example.org/")
    publish(hidden, slug="skjult-2")
    work()
    site = reads.site_for_host("localhost").id
    assert set(mirror.redirect_paths(site, "", 10)) == {"/kort/", "/skjult-kort/", "/skjult/", "/ut/"}
    unpublish(hidden)
    publish(page, slug="nytt")
    work()
    assert mirror.redirect_paths(site, "", 10) == ["/kort/", "/mål/", "/ut/"]
    assert mirror.redirect_paths(site, "/kort/", 1) == ["/mål/"]
