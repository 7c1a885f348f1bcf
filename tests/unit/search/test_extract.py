import doctest
from typing import Annotated, Literal, TypedDict

import pytest

from cms.content import shapes
from cms.content.shape_types import texts
from cms.content.summary_shape import Summary
from search import extract
from search.extract import Searched, passages


class Talk(TypedDict):
    id: shapes.Code
    start: shapes.Clock
    kind: Literal["talk", "panel"]
    title: str
    description: shapes.RichText | None
    speakers: list[shapes.Person]


class Table(TypedDict):
    caption: str
    rows: list[list[str]]


def words(shape, value) -> list[str]:
    return [passage.text for passage in passages({"key": value}, [Searched("key", shape)], texts)]


def test_examples_in_docstrings():
    assert doctest.testmod(extract).failed == 0


def test_captions_credits_and_alternative_texts_are_words_and_addresses_are_not():
    image = {
        "id": 7,
        "alt": "Fullsatt sal",
        "caption": "Åpning i Banken",
        "credit": "Aon R. Naqvi",
        "licence": "CC-BY-4.0",
        "src": "/media/sal.jpg",
        "sources": [{"type": "image/webp", "srcset": "/media/sal.webp 320w"}],
    }
    assert words(shapes.Image | None, image) == ["Fullsatt sal", "Åpning i Banken", "Aon R. Naqvi"]


def test_programme_gives_titles_speakers_and_descriptions():
    talk = {
        "id": "a1",
        "start": "09:00",
        "kind": "talk",
        "title": "Åpning",
        "description": {"html": '<p>Hele <strong>kom</strong>munen</p><p>er <a href="/x/">med</a></p>', "links": []},
        "speakers": [{"name": "Kari", "title": "leder", "organisation": "KS", "email": "k@example.org", "phone": "1"}],
    }
    assert words(list[Talk], [talk]) == ["Åpning", "Hele kommunen", "er med", "Kari", "leder", "KS"]


def test_places_municipalities_and_topics():
    county = {"number": "34", "name": "Innlandet"}
    place = {
        "name": "Banken",
        "address": "Kirkegata 41",
        "municipality": {"number": "3405", "name": "Lillehammer", "county": county},
    }
    assert words(shapes.Place | None, place) == ["Banken", "Kirkegata 41", "Lillehammer", "Innlandet"]
    assert words(list[shapes.Topic], [{"slug": "arbeidsliv", "label": "Arbeidsliv"}]) == ["Arbeidsliv"]


def test_table_cells_are_apart():
    assert words(Table, {"caption": "Tall", "rows": [["Hamar", "12"], ["Vang", "3"]]}) == [
        "Tall",
        "Hamar",
        "12",
        "Vang",
        "3",
    ]


def test_summaries_of_other_pages_are_not_this_pages_words():
    other = {"title": "En annen side", "api_url": "/api/v1/content/2/", "first_published_at": None}

    class Card(TypedDict):
        title: str
        page: Summary | None

    assert words(list[Card], [{"title": "Kort", "page": other}]) == ["Kort"]
    assert words(list[Summary], [other]) == []


def test_text_is_normalised_and_the_same_text_comes_once():
    assert words(list[str], ["Foto:  KS\n", "Foto: KS", "bla\u030a", " ", ""]) == ["Foto: KS", "blå"]


@pytest.mark.parametrize("value", [None, "", []])
def test_absent_values_give_nothing(value):
    assert words(str | None, value) == []


def test_keys_have_the_weight_of_their_declaration():
    detail = {"summary": "Kort", "body": "Lang", "id": 3, "unknown": "x"}
    found = passages(detail, [Searched("summary", str), Searched("body", Annotated[str, "text"], 2.0)], texts)
    assert [(each.field, each.weight) for each in found] == [("summary", 1.0), ("body", 2.0)]
