import doctest

import pytest

from search import analysis, highlight, indexed, letters, question, slips, spelling
from search.norwegian import compounds, lemmas, lexicon, nynorsk, sound

MODULES = [analysis, highlight, letters, question, slips, spelling, compounds, lemmas, lexicon, nynorsk, sound, indexed]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
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


@pytest.mark.parametrize(("one", "other"), [("personlighet", "person"), ("ledelse", "leder"), ("statlig", "stat")])
def test_words_of_one_stem_are_different_words_that_find_each_other_after_their_own(one, other):
    text, query = analysis.analysed(one, "nb"), analysis.lookup(other)
    assert text.term not in query.terms
    assert set(text.parts) & set(analysis.lookup(one).stems)
    assert analysis.lookup(one).stems == text.parts[-1:]


def test_a_word_that_nobody_knows_is_looked_up_by_its_stem():
    assert analysis.term("kvernbråkeri", "nb") == analysis.term("kvernbråkerien", "nb")


@pytest.mark.parametrize("word", ["valgmenn", "bokhandlernes", "sommernettene", "barnebøker", "skolebøkene"])
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_what_is_left_of_a_compound_ends_it_however_it_is_inflected(word, language):
    assert all(word.endswith(rest) for rest in analysis.rests(word, language))


def test_the_genitive_of_an_inflection_has_its_base_form():
    assert analysis.term("skolens", "nb") == "skole"


def test_a_name_and_its_genitive_find_each_other_each_after_itself():
    assert analysis.lookup("solbergs").terms[0] != analysis.term("solberg", "nb")
    assert set(analysis.lookup("solbergs").stems) & set(analysis.analysed("solberg", "nb").parts)


@pytest.mark.parametrize("name", ["solberg", "oslo", "hansen", "bergen"])
def test_names_stay_as_they_are(name):
    assert analysis.term(name, "nb") == name


@pytest.mark.parametrize(
    ("nynorsk_word", "bokmaal_word"),
    [
        ("ulukkeleg", None),
        ("rettleiarar", None),
        ("sannsynlege", "sannsynlige"),
        ("kritikarane", "kritikerne"),
        ("studentane", "studentene"),
        ("fuktigheita", "fuktigheten"),
        ("overlevande", "overlevende"),
        ("makteslause", "maktesløse"),
        ("sjukehuset", "sykehuset"),
        ("laurdagen", "lørdagen"),
        ("meisteren", "mesteren"),
        ("omfamnar", "omfavner"),
        ("undersøking", "undersøkelse"),
        ("hei", None),
        ("stein", None),
    ],
)
def test_regular_differences_lead_to_known_bokmaal_words_only(nynorsk_word, bokmaal_word):
    assert sound.bokmaal(nynorsk_word) == bokmaal_word


@pytest.mark.parametrize("query", ["sykehus", "sjukehus"])
def test_nynorsk_text_is_found_by_bokmaal_and_by_nynorsk(query):
    found = analysis.analysed("sjukehuset", "nn")
    assert {found.term, *found.parts} & set(analysis.lookup(query).terms)


def test_nynorsk_query_finds_bokmaal_text():
    assert analysis.term("kritikerne", "nb") in analysis.lookup("kritikarane").terms


def test_language_without_stemmer_keeps_words_whole():
    assert analysis.term("skuvllas", "se") == "|skuvllas"


def test_vocabulary_spells_words_as_they_stand():
    found = analysis.vocabulary(analysis.spelt("Ås: E-post, e-posten"), "nb")
    assert {word: each.term for word, each in found.items()} == {
        "E": "e",
        "e": "e",
        "post": "post",
        "posten": "post",
        "Ås": "ås",
    }


def test_words_of_queries_and_of_texts_agree_for_letters_that_grow_when_lowered():
    text = "İstanbul ΟΔΟΣ ŉ ß"
    terms = {each.term for each in analysis.vocabulary(analysis.spelt(text), "en").values()}
    assert {analysis.term(word, "en") for word in analysis.words(text)} == terms


@pytest.mark.parametrize("language", ["nb", "nn", "en", "se"])
def test_a_word_is_looked_up_under_the_term_of_every_language(language):
    looked_up = analysis.lookup("barnehagene").terms
    found = analysis.analysed("barnehagene", language)
    assert {found.term, *found.parts} & set(looked_up)


def test_terms_are_short_enough_for_any_engine():
    assert len(analysis.term("å" * 100_000, "nb")) <= analysis.MAX_TERM
    assert all(len(term) <= analysis.MAX_TERM + len("en|") for term in analysis.lookup("å" * 100_000).terms)


def test_terms_hold_no_white_space():
    text = "a\u00a0b\u3000c\u2028d\x1fe\x85f"
    assert analysis.words(text) == ["a", "b", "c", "d", "e", "f"]
