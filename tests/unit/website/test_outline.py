from __future__ import annotations

from cms.website.outline import place, split


def levels(*blocks):
    return [placed.level for placed in place(blocks)]


def heading(level):
    return {"type": "heading", "value": {"text": "x", "level": level}}


def test_no_level_is_skipped():
    assert levels(heading(4), heading(4), heading(2), heading(3), heading(4)) == [2, 3, 2, 3, 4]


def test_boxes_stand_below_the_heading_before_them():
    assert levels({"type": "fact_box", "value": {"title": "a"}}, heading(2), {"type": "fact_box", "value": {}}) == [
        2,
        2,
        3,
    ]


def test_titled_lists_are_parts_of_their_own():
    cards = {"type": "cards", "value": {"title": "Eksempler", "items": []}}
    assert levels(heading(2), heading(3), cards, heading(4)) == [2, 3, 2, 3]


def test_untitled_lists_stay_within_their_part():
    assert levels(heading(2), {"type": "cards", "value": {"title": ""}}, heading(3)) == [2, 3, 3]


def test_introduction_ends_where_the_first_part_begins():
    paragraph, cards = {"type": "paragraph"}, {"type": "cards"}
    assert split([paragraph, cards, paragraph]) == ([paragraph], [cards, paragraph])
    assert split([paragraph]) == ([paragraph], [])
    assert split([heading(2)]) == ([], [heading(2)])
