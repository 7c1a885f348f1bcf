"""Whatever is asked, nothing that is not public is in the answer; and everything that is public can be found."""

from __future__ import annotations

import re


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
