import html
import re

from search import analysis
from search.contract import Highlight
from search.highlight import highlight

LONG = (
    "Kommunen inviterer til folkemøte om den nye reguleringsplanen, og alle som bor i området er velkomne til å si sin "
    "mening før saken går videre. Møtet holdes i kulturhuset, der barnehagen også har sin årlige utstilling. Etter "
    "møtet blir det kaffe, og barnehagene i bydelen viser frem arbeidet sitt for foreldre, naboer og alle andre."
)


def show(title: str, passages: list[str], *words: str, language: str = "nb") -> Highlight:
    """As an engine does it: the document's words that have the terms of a word asked for."""
    wanted = {term for word in words for term in analysis.lookup(word).terms}
    found = analysis.vocabulary(analysis.spelt(" ".join([title, *passages])), language)
    return highlight(title, passages, {word for word, each in found.items() if wanted & {each.term, *each.parts}})


def test_title_is_none_without_a_match():
    assert show("Nye skoler", ["barnehager"], "barnehage").title is None


def test_every_inflection_is_marked_whatever_its_case():
    found = show("", ["BARNEHAGE, Barnehagen og barnehagene"], "barnehager")
    assert found.body == ("<mark>BARNEHAGE</mark>, <mark>Barnehagen</mark> og <mark>barnehagene</mark>",)


def test_only_whole_words_are_marked():
    assert show("", ["skole skolex skole1"], "skole").body == ("<mark>skole</mark> skolex skole1",)


def test_compound_is_marked_for_its_part():
    assert show("", ["Ny ungdomsskole"], "skole").body == ("Ny <mark>ungdomsskole</mark>",)


def test_language_of_the_page_decides():
    assert show("Elections", [], "election", language="en").title == "<mark>Elections</mark>"
    assert show("Elections", [], "election", language="se").title is None


def test_fragment_is_about_160_characters_and_cut_between_words():
    (fragment,) = show("", [LONG], "barnehage").body
    text = html.unescape(re.sub("</?mark>", "", fragment))
    assert fragment.count("<mark>") == 2
    assert 120 < len(text) < 200
    assert text.startswith("… ")
    assert text.removeprefix("… ").removesuffix(" …") in LONG
    assert set(re.findall(r"\w+", text)) <= set(re.findall(r"\w+", LONG))


def test_fragment_with_most_different_words_is_chosen_and_order_kept():
    passages = ["ett treff: flom", "flom og ras", "uten", "ras og flom og skred", "flom flom flom", "flom"]
    found = show("", passages, "flom", "ras", "skred")
    assert [re.sub("</?mark>", "", each) for each in found.body] == ["flom og ras", "ras og flom og skred", passages[4]]


def test_the_same_fragment_is_shown_once():
    assert len(show("", ["Foto: KS", "Foto: KS"], "foto").body) == 1


def test_mark_is_the_only_tag():
    found = show("<i>Flom</i>", ["<script>\"flom\" & 'ras'</script>"], "flom")
    assert found.title == "&lt;i&gt;<mark>Flom</mark>&lt;/i&gt;"
    assert found.body == ("&lt;script&gt;&quot;<mark>flom</mark>&quot; &amp; &#x27;ras&#x27;&lt;/script&gt;",)


def test_text_without_spaces_is_cut():
    (fragment,) = show("", ["flom," + "," * 10_000], "flom").body
    assert len(fragment) < 400


def test_many_matches_in_one_passage_take_no_time():
    (fragment,) = show("", ["flom " * 100_000], "flom").body
    assert len(fragment) < 1_000
