from __future__ import annotations

import pytest

from cms.publishing.reads import normal_path
from cms.publishing.store import sort_title
from cms.publishing.stored import links


@pytest.mark.parametrize(
    "path",
    [
        "/nyheter/smørbrød/",
        "nyheter/smørbrød",
        "//nyheter//smørbrød//",
        "/nyheter/sm%C3%B8rbr%C3%B8d",
        "/nyheter/smørbrød?",
    ],
)
def test_a_path_has_one_form(path):
    assert normal_path(path.rstrip("?")) == "/nyheter/smørbrød/"


def test_composed_and_decomposed_letters_are_the_same():
    assert normal_path("/bl\u0061\u030aba\u0308r/") == "/blåbär/"
    assert normal_path("") == normal_path("/") == "/"


def test_titles_are_sorted_as_norwegian_readers_expect():
    titles = ["Ås", "Aaker", "Ærlig", "Zoo", "Østfold", "älg", "Öl", "abc"]
    assert sorted(titles, key=sort_title) == ["Aaker", "abc", "Zoo", "älg", "Ærlig", "Öl", "Østfold", "Ås"]
    assert len(sort_title("ß" * 255)) == 300


def test_only_links_to_pages_count_as_links():
    assert links({"name:4": True, "name:5": False, "page:6": False, "image:7": False}) == {4}
