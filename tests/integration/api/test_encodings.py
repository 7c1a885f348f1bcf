"""Answers in the encoding that a client prefers: the stored ones of documents, made for the request elsewhere."""

from __future__ import annotations

import gzip

import brotli
import pytest
import zstandard
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.publishing.models import Body, Document
from cms.publishing.notes import note

DECODE = {
    "": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}
ACCEPTED = [
    (None, ""),
    ("", ""),
    ("identity", ""),
    ("gzip", "gzip"),
    ("br", "br"),
    ("zstd", "zstd"),
    ("GZIP, deflate", "gzip"),
    ("gzip, deflate, br, zstd", "br"),
    ("gzip, zstd", "zstd"),
    ("gzip;q=1.0, br;q=0.5", "gzip"),
    ("gzip ; q=0.8 , br ; q=0.8", "br"),
    ("br;q=0, gzip;q=0, *;q=0", ""),
    ("br;q=0, *", "zstd"),
    ("*", "br"),
    ("deflate, compress", ""),
    ("identity;q=1, gzip;q=0.5", ""),
    ("gzip;q=nonsense", ""),
    ("gzip;q=0.001", "gzip"),
    (", ,;;q=,=", ""),
]


def urls(published):
    return [
        f"content/{published['report'].pk}/",
        f"content/{published['report'].pk}/?fields=*",
        "resolve/?path=/nyheter/rapport/",
        f"content/{published['report'].pk}/?fields=body",
        "content/",
        "navigation/",
        "search/",
        "schema/?format=json",
    ]


@pytest.mark.parametrize(("accepted", "expected"), ACCEPTED)
def test_document_comes_in_the_encoding_that_is_preferred(published, api, accepted, expected):
    for url in urls(published)[:3]:
        plain = api.response(f"/api/v1/{url}")
        response = api.response(f"/api/v1/{url}", headers={"Accept-Encoding": accepted} if accepted is not None else {})
        assert response.get("Content-Encoding", "") == expected
        assert response["Vary"] == "Accept-Encoding"
        assert response["Content-Length"] == str(len(response.content))
        assert DECODE[expected](response.content) == plain.content


def test_other_answers_are_compressed_for_the_request(published, api):
    for url in urls(published)[3:]:
        plain = api.response(f"/api/v1/{url}")
        for accepted in ("gzip", "zstd", "br"):
            response = api.response(f"/api/v1/{url}", headers={"Accept-Encoding": accepted})
            assert response["Vary"] == "Accept-Encoding"
            assert DECODE[response.get("Content-Encoding", "")](response.content) == plain.content


def test_each_encoding_has_its_tag_and_any_of_them_is_answered_304(published, api):
    for url in urls(published):
        found = {
            api.response(f"/api/v1/{url}", headers={"Accept-Encoding": each})["ETag"] for each in ("", "gzip", "zstd")
        }
        assert all(etag.startswith('"') for etag in found), "strong"
        for etag in found:
            for accepted in ("", "gzip", "br"):
                again = api.response(f"/api/v1/{url}", headers={"Accept-Encoding": accepted, "If-None-Match": etag})
                assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
                assert (again["Vary"], "Content-Encoding" in again) == ("Accept-Encoding", False)
                assert again["Cache-Control"]
    whole = {
        api.response(f"/api/v1/{urls(published)[0]}", headers={"Accept-Encoding": each})["ETag"] for each in DECODE
    }
    assert len(whole) == len(DECODE)


def test_head_has_the_headers_of_get(published, api):
    for url in urls(published):
        for accepted in DECODE:
            whole = api.client.get(f"/api/v1/{url}", headers={"Accept-Encoding": accepted})
            head = api.client.head(f"/api/v1/{url}", headers={"Accept-Encoding": accepted})
            assert head.content == b""
            assert dict(head.items()) == dict(whole.items())
            again = api.client.head(
                f"/api/v1/{url}", headers={"Accept-Encoding": accepted, "If-None-Match": whole["ETag"]}
            )
            assert again.status_code == 304


def test_304_and_head_read_no_body(published, api):
    url = f"/api/v1/content/{published['report'].pk}/"
    etag = api.response(url)["ETag"]
    with CaptureQueriesContext(connection) as captured:
        assert api.response(url, headers={"If-None-Match": etag, "Accept-Encoding": "br"}).status_code == 304
        assert api.client.head(url).status_code == 200
    asked = " ".join(query["sql"].partition(" FROM ")[0] for query in captured)
    for part in asked.split('"detail"')[:-1]:
        assert part.endswith("LENGTH(found.")


def test_document_that_was_stored_before_its_bodies_is_sent_as_it_is(published, api):
    page = published["article"]
    Body.objects.filter(document_id=page.pk).delete()
    for url in (f"content/{page.pk}/", "resolve/?path=/nyheter/høring/"):
        for method in (api.client.get, api.client.head):
            response = method(f"/api/v1/{url}", headers={"Accept-Encoding": "br"})
            assert response.status_code == 200
            assert "Content-Encoding" not in response
            assert int(response["Content-Length"]) > 500


def test_damaged_body_is_built_again(published, api):
    page = published["article"]
    Body.objects.filter(document_id=page.pk, encoding="br").update(detail=b"broken")
    version = Document.objects.get(pk=page.pk).version
    note(f"page:{page.pk}", "test")
    published.follow()
    response = api.response(f"content/{page.pk}/", headers={"Accept-Encoding": "br"})
    assert brotli.decompress(response.content) == api.response(f"content/{page.pk}/").content
    assert Document.objects.get(pk=page.pk).version == version
