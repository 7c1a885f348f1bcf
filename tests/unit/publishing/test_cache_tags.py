from __future__ import annotations

from cms.publishing import cache_tags
from cms.publishing.cache_tags import tags_of_change


def test_update_purges_the_document_and_queries_but_no_path():
    tags = tags_of_change(kind="updated", site_id=1, id=7, type="event", path="/a/b/")
    assert set(tags) == {
        *("document:7", "list", "list:event", "list:under:/", "list:under:/a/"),
        *("search", "suggest", "sitemap", "changes"),
    }


def test_page_that_comes_goes_or_moves_purges_its_paths_and_what_leads_to_it():
    for kind in ("published", "removed"):
        assert {"document:7", "place:7", "path:1/a/b/"} <= set(
            tags_of_change(kind=kind, site_id=1, id=7, type="event", path="/a/b/")
        )
    moved = tags_of_change(kind="moved", site_id=1, id=7, type="event", path="/c/b/", previous_path="/a/b/")
    assert {"path:1/a/b/", "path:1/c/b/", "place:7", "list:under:/a/", "list:under:/c/"} <= set(moved)
    assert len(moved) == len(set(moved))


def test_entries_that_are_about_no_page():
    assert set(tags_of_change(kind="redirect", site_id=2, path="/x/")) == {"changes", "path:2/x/"}
    assert set(tags_of_change(kind="navigation", site_id=1)) == {"changes", "navigation"}
    assert set(tags_of_change(kind="site", site_id=1)) == {"changes", "site"}


def test_lists():
    assert cache_tags.of_list() == ("list",)
    assert cache_tags.of_list(("event", "network")) == ("list:event", "list:network")
    assert cache_tags.of_list(("event",), "/x/") == ("list:event", "list:under:/x/")
    assert cache_tags.of_list(ids=(5, 3)) == ("document:5", "document:3")


def test_path_in_capitals_may_be_answered_by_small_letters():
    assert cache_tags.of_resolved(1, "/Å b/", "document:3") == (
        "document:3",
        "path:1/%C3%85%20b/",
        "path:1/%C3%A5%20b/",
    )


def test_tags_hold_no_separators_and_stay_short():
    for path in ("/a,b c/", "/æøå/", "/" + "lang-sti-" * 200 + "/"):
        tag = cache_tags.path_tag(1, path)
        assert tag.isascii()
        assert not set(tag) & {",", " "}
        assert len(tag) <= cache_tags.LONGEST_TAG
    assert cache_tags.path_tag(1, "/" + "x" * 900 + "/a/") != cache_tags.path_tag(1, "/" + "x" * 900 + "/b/")


def test_headers_leave_out_the_last_tags_when_there_are_too_many():
    headers = cache_tags.headers(["document:1", *(f"embeds:page:{number}" for number in range(5000))])
    assert headers["Cache-Tag"].startswith("all,document:1,embeds:page:0,")
    assert len(headers["Cache-Tag"]) <= cache_tags.LONGEST_HEADER
    assert headers["Surrogate-Key"] == headers["Cache-Tag"].replace(",", " ")
    assert cache_tags.headers([]) == {}


def test_embedded_pages_and_images_are_read_from_the_json():
    detail = {
        "id": 1,
        "path": "/x/",
        "image": {"id": 4, "focal_point": {"x": 0.5, "y": 0.5}},
        "body": [{"id": "uuid", "type": "cards", "value": {"items": [{"link": {"id": 9, "path": "/y/"}}]}}],
        "related": [{"id": 1, "path": "/x/"}],
        "link": {"id": None, "path": None},
    }
    assert cache_tags.embedded(detail) == ([9], [4])
    assert cache_tags.of_embedded([9], [4]) == ("embeds:page:9", "embeds:image:4")


def test_headers_name_each_tag_once():
    tags = ["document:1", "all", "list", "document:1", "list"]
    assert cache_tags.headers(tags)["Cache-Tag"] == "all,document:1,list"
