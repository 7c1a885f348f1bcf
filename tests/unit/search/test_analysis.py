import doctest

import pytest

from search import analysis, highlight, question
from search.tantivy_engine import documents


@pytest.mark.parametrize("module", [analysis, highlight, question, documents])
def test_examples_in_docstrings(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("nb", "kommunene", "kommune"),
        ("nb", "konferansen", "konferanser"),
        ("nn", "kommunane", "kommune"),
        ("en", "elections", "election"),
    ],
)
def test_inflections_share_a_term(language, one, other):
    assert analysis.term(one, language) == analysis.term(other, language)


def test_language_without_stemmer_keeps_words_whole():
    assert analysis.term("skuvllas", "se") == "skuvllas"


def test_vocabulary_spells_words_as_they_stand():
    assert analysis.vocabulary(analysis.spelt("Ås: E-post, e-posten"), "nb") == {
        "E": "e",
        "e": "e",
        "post": "post",
        "posten": "post",
        "Ås": "ås",
    }


def test_words_of_queries_and_of_texts_agree_for_letters_that_grow_when_lowered():
    text = "İstanbul ΟΔΟΣ ŉ ß"
    terms = set(analysis.vocabulary(analysis.spelt(text), "en").values())
    assert {analysis.term(word, "en") for word in analysis.words(text)} == terms


@pytest.mark.parametrize("language", ["nb", "nn", "en", "se"])
def test_a_word_is_looked_up_under_the_term_of_every_language(language):
    looked_up = {term for term, _ in analysis.lookups("barnehagene")}
    assert analysis.term("barnehagene", language) in looked_up


def test_terms_are_short_enough_for_any_engine():
    assert len(analysis.term("å" * 100_000, "nb")) <= analysis.MAX_TERM
    assert all(len(term) <= analysis.MAX_TERM for term, _ in analysis.lookups("å" * 100_000))


def test_terms_hold_no_white_space():
    text = "a\u00a0b\u3000c\u2028d\x1fe\x85f"
    assert analysis.words(text) == ["a", "b", "c", "d", "e", "f"]
