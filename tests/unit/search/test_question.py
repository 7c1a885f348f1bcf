import pytest

from search.question import MAX_WORDS, Question, ask


def test_stop_words_of_all_three_languages_are_left_out():
    assert ask("Hva er barnehagen i Hamar").words == ("barnehagen", "hamar")
    assert ask("kva er barnehagen").words == ("barnehagen",)
    assert ask("what is the town of Hamar").words == ("is", "town", "hamar")


def test_stop_words_alone_are_kept():
    assert ask("til og fra").words == ("til", "og", "fra")


def test_stop_words_within_phrases_are_kept():
    assert ask('"til og fra"').phrases == (("til", "og", "fra"),)


def test_hyphen_within_a_word_excludes_nothing():
    assert ask("e-post 2019-2020") == Question(words=("e", "post", "epost", "2019", "2020"))


def test_hyphenated_word_is_excluded_whole():
    assert ask("ny -e-post").excluded == (("e", "post"),)


@pytest.mark.parametrize("text", ["“åpen dag”", "„åpen dag“", '"åpen dag"'])
def test_quotes_of_every_kind(text):
    assert ask(text).phrases == (("åpen", "dag"),)


@pytest.mark.parametrize("text", ['"åpen dag', 'åpen dag"', "åpen dag -", "åpen - dag"])
def test_what_is_unfinished_is_only_words(text):
    assert ask(text) == Question(words=("åpen", "dag"))


def test_long_queries_are_cut():
    assert len(ask(" ".join(f"ord{n}" for n in range(200))).words) == MAX_WORDS
    assert len(ask('"' + " ".join(f"o{n}" for n in range(200)) + '"').phrases[0]) == MAX_WORDS


@pytest.mark.parametrize("text", ["", " ", "?!", "\0", "\ud800", '""', "-", '-""'])
def test_nothing_to_search_for(text):
    assert ask(text) == Question()


def test_angled_quotes_ask_for_no_phrase():
    assert ask("Møte om «åpen dag»").words == ("møte", "åpen", "dag")
