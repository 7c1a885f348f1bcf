from __future__ import annotations

from django.http import QueryDict

from cms.website.search_page import FACETS, asked, search_page
from tests.unit.website.documents import search_answer


def page(address, ignored=(), **answer):
    return search_page(QueryDict(address), search_answer(**answer), ignored)


def test_a_chosen_filter_can_be_removed_and_starts_from_the_first_page():
    shown = page("q=konferanse&topic=arbeidsliv,helse&offset=20")
    assert [(choice.label, choice.url) for choice in shown.chosen] == [
        ("arbeidsliv", "?q=konferanse&topic=helse"),
        ("helse", "?q=konferanse&topic=arbeidsliv"),
    ]
    assert shown.without_filters == "?q=konferanse"


def test_parameters_without_a_control_are_kept():
    assert page("q=konferanse&when=upcoming&order=title&topic=helse").kept == (("when", "upcoming"), ("order", "title"))


def test_values_beyond_the_first_are_shown_on_request_but_selected_ones_at_once():
    group = next(group for group in page("topic=miljø").groups if group.field == "topic")
    assert (len(group.first), [choice.value for choice in group.rest], group.chosen) == (6, ["miljø"], 1)


def test_pages_around_the_one_shown():
    shown = page("q=x&offset=100", total=1000)
    assert [choice.label for choice in shown.pages] == ["1", "", "4", "5", "6", "7", "8", "", "50"]
    assert [choice.label for choice in shown.pages if choice.selected] == ["6"]
    assert (shown.previous, shown.next) == ("?q=x&offset=80", "?q=x&offset=120")


def test_first_and_last_page_lead_nowhere_further():
    assert (page("q=x").previous, page("q=x&offset=40").next) == ("", "")


def test_offset_stays_within_what_the_api_answers():
    assert page("q=x", total=999_999).pages[-1].url == "?q=x&offset=10000"


def test_relevance_is_offered_only_with_words():
    assert [choice.value for choice in page("", query="").orders] == ["newest", "oldest", "title"]
    assert [choice.value for choice in page("q=x", query="x").orders if choice.selected] == ["relevance"]


def test_empty_fields_of_a_form_are_not_asked_for():
    assert asked(QueryDict("q=&topic=&year=2024&limit=3")).urlencode() == "year=2024"


def test_only_our_own_parameters_are_told_as_ignored():
    assert page("q=x", ignored={"year", "utm_source"}).ignored == (str(FACETS["year"]).lower(),)


def test_orders_by_when_are_offered_where_everything_has_dates_of_its_own():
    assert [choice.value for choice in page("type=event").orders][-2:] == ["soonest", "latest"]
    assert [choice.value for choice in page("type=event,page").orders][-1] == "title"
    assert [choice.value for choice in page("type=unknown").orders][-1] == "title"


def test_filters_that_leave_nothing_are_offered_to_be_left_out_with_what_there_is_then():
    broader = [{"parameter": "topic", "total": 12}, {"parameter": "date_to", "total": 3}]
    shown = page("q=x&topic=helse,miljø&date_to=2024-03-01&offset=20", total=0, results=[], broader=broader)
    assert [(choice.url, choice.count) for choice in shown.broader] == [
        ("?q=x&date_to=2024-03-01", 12),
        ("?q=x&topic=helse&topic=milj%C3%B8", 3),
    ]


def test_refused_words_stay_in_the_field_as_far_as_they_can_be_shown():
    shown = search_page(QueryDict("topic=helse"), {}, {"q"}, "a\0b" + 500 * "x")
    assert (shown.refused, shown.typed, shown.ignored) == (True, "ab" + 497 * "x", ())
