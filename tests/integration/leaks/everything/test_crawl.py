"""Whatever is asked, nothing that is not public is in the answer; and everything that is public can be found."""

from __future__ import annotations

import gzip
import re

import brotli
import pytest
import zstandard

pytestmark = pytest.mark.slow


def unzstd(body):
    return zstandard.ZstdDecompressor().decompressobj().decompress(body)


DECOMPRESS = {
    "br": brotli.decompress,
    "zstd": unzstd,
    "gzip": gzip.decompress,
}


def test_nothing_hidden_is_in_any_answer(corpus):
    for url, answer in corpus.after.items():
        found = corpus.secret.found(answer.raw) - corpus.told(answer)
        assert not corpus.secret.named(found), url


def test_what_was_never_public_changes_no_answer(corpus):
    assert list(corpus.before) == list(corpus.after)
    for url, answer in corpus.after.items():
        assert answer == corpus.before[url], url


def test_nothing_hidden_is_logged(corpus):
    assert not corpus.secret.named(corpus.secret.found(corpus.log) - corpus.old_slugs)  # which the crawler asked for


def test_crawl_finds_every_public_word(corpus):
    found = set[str]().union(*(corpus.control.found(each.raw) for each in corpus.after.values()))
    missing = corpus.control.named(set(corpus.control.names) - found)
    assert not [name for name in missing if not re.search(NOT_SHOWN, name)]


NOT_SHOWN = "image (title|description)|public image (alt|credit)|home slug"
"""For editors alone; the filled pages have other texts in each place, and the home page's slug is in no path."""


def test_no_answer_is_an_error_of_the_server(corpus):
    assert {url for url, answer in corpus.after.items() if answer.status >= 500} == set()


def test_pages_were_public_before_they_were_hidden(corpus):
    once = [word for word, name in corpus.secret.names.items() if name.startswith("once ")]
    assert len(corpus.secret.found(corpus.while_public) & set(once)) > len(once) / 2


def sample(corpus):
    """Everything that is about one document, whose answers are stored compressed, and some of the rest."""
    found = [url for url, answer in corpus.after.items() if answer.status == 200]
    stored = [url for url in found if url.startswith(("/api/v1/content/", "/api/v1/resolve/"))]
    return [*stored[::2], *[url for url in found if url not in set(stored)][::12]]


def test_head_answers_as_get_does_without_a_body(corpus):
    for url in sample(corpus):
        whole, head = corpus.crawler.get(url), corpus.crawler.get(url, method="HEAD")
        assert (head.status, head.headers, head.body) == (whole.status, whole.headers, b""), url


@pytest.mark.parametrize(("encoding", "decompress"), DECOMPRESS.items())
def test_compressed_answers_have_nothing_else_in_them(corpus, encoding, decompress):
    compressed = 0
    for url in sample(corpus):
        answer = corpus.crawler.get(url, **{"Accept-Encoding": encoding})
        if dict(answer.headers).get("Content-Encoding") == encoding:
            compressed += 1
            assert decompress(answer.body) == corpus.crawler.get(url).body, url
        assert not corpus.secret.named(corpus.secret.found(answer.raw) - corpus.told(answer)), url
    assert compressed > 20
