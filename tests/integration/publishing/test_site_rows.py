"""Which site a Host header means, alone and together with what is asked of it."""

from __future__ import annotations

import pytest

from cms.publishing import served
from cms.publishing.models import PublishedSite, Route
from cms.publishing.served import Form, Redirected
from cms.publishing.site_rows import Host, NotBuilt, parse_host, site_for_host

pytestmark = pytest.mark.django_db

MEANT = {
    "www.example.org": "first",
    "WWW.Example.org:80": "first",
    "www.example.org:8080": "second",
    "www.example.org:1": "first",
    "[::1]:8000": "bare",
    "[::1]": "bare",
    "other.example": "default",
    "other.example:8080": "default",
    "": "default",
}


@pytest.fixture
def sites():
    for place, (name, host, port) in enumerate(
        [
            ("default", "localhost", 8000),
            ("second", "www.example.org", 8080),
            ("first", "www.example.org", 80),
            ("bare", "[::1]", 80),
        ]
    ):
        row = {"hostname": host, "port": port, "is_default": name == "default", "name": name}
        PublishedSite.objects.create(id=7 - place, navigation=b"{}", settings=b"{}", **row)
        Route.objects.create(site_id=7 - place, path="/vei/", location=f"https://{name}.example/")


@pytest.mark.parametrize(("header", "expected"), MEANT.items())
def test_name_and_port_then_the_name_then_the_default_site(sites, header, expected):
    assert site_for_host(header).name == expected
    site, found = served.by_path(header, "/vei/", Form())
    assert (site.name, found) == (expected, Redirected(f"https://{expected}.example/", True))
    site, found = served.by_id(header, 1, Form())
    assert (site.name, found) == (expected, None)


def test_oldest_site_where_none_is_the_default_one(sites):
    PublishedSite.objects.update(is_default=False)
    assert site_for_host("other.example").id == 4
    site, found = served.by_path("other.example", "/vei/", Form())
    assert (site.id, found.location) == (4, "https://bare.example/")


def test_new_name_counts_at_once(sites):
    for name in ("new.example", "newer.example"):
        PublishedSite.objects.filter(name="bare").update(hostname=name)
        assert served.by_id(name, 1, Form())[0].name == "bare"
        assert served.by_id("[::1]", 1, Form())[0].name == "default"


def test_no_site_at_all_is_not_built():
    for asked in (site_for_host, lambda host: served.by_id(host, 1, Form()), lambda _: served.by_path(1, "/", Form())):
        with pytest.raises(NotBuilt):
            asked("localhost")


def test_port_that_is_none_is_left_out():
    assert parse_host("example.org:99999999999") == Host("example.org", 0)
    assert parse_host("example.org:") == Host("example.org", 0)
