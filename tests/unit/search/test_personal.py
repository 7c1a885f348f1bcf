"""What must never be kept of a search, and what may."""

from __future__ import annotations

import pytest

from search.desk.counting import counted_text, is_machine
from search.desk.personal import is_personal

PERSONAL = [
    "01019012345",
    "010190 12345",
    "010190-12345",
    "01.01.90 12345",
    "fødselsnummer01019012345",
    "０１０１９０１２３４５",
    "barnet mitt 010190 00000",
    "22334455",
    "22 33 44 55",
    "+47 22 33 44 55",
    "0047 22334455",
    "400-00-000",
    "(+46) 8 123 456 78",
    "1234 56 78903",
    "1234.56.78903",
    "12345678903",
    "NO93 8601 1117 947",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "kid 0000123456789012",
    "987 654 321",
    "kari@example.no",
    "kari @example.no",
    "mailto:kari",
    "kari＠example.no",
    "010190",
    "kari nordmann 310199",
    "01\u00a001\u00a090\u00a012345",
    "01\u200b0190\u200b12345",
    "0101 90-123 45",
    "01011990",
    "010190\u201112345",
    "010190\u201412345",
    "22\u00b733\u00b744\u00b755",
    "22'33'44'55",
    "{22}{33}[44]<55>",
    "20202020",
    "01.01.90 fnr 12345",
    "22 33 tlf 44 55",
    "01o19o12345",
    "410190",
    "kari+@example.no",
    '"kari"@example.no',
    "kari%40example.no",
    "kari [at] example.no",
    "kari krøllalfa example.no",
]
HARMLESS = [
    "barnehage",
    "barnehage 2023-2024",
    "2023–2024",
    "konferanse 2019",
    "2018, 2019, 2020",
    "sak 2023/1234",
    "2023/12345-6",
    "17. mai",
    "0150 oslo",
    "tlf 02800",
    "nrk p3",
    "1:50 000",
    "@",
    "covid-19 vaksine",
    "rundskriv 123456",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_what_tells_who_somebody_is_is_dropped(text):
    assert counted_text(text) is None


@pytest.mark.parametrize("text", HARMLESS)
def test_what_tells_nothing_of_anybody_is_kept(text):
    assert not is_personal(text)


def test_texts_are_counted_in_one_form():
    assert counted_text("  Ledige   STILLINGER?\n") == "ledige stillinger"
    assert counted_text("Ledige Stillinger") == "ledige stillinger"
    assert counted_text("bla\u030ab\u00adær") == "blåbær"


@pytest.mark.parametrize("text", ["", "  ", "?!", "x" * 101, "ord " * 13])
def test_what_is_no_search_is_not_counted(text):
    assert counted_text(text) is None


def test_machines_are_told_from_people():
    assert is_machine("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
    assert is_machine("Mozilla/5.0 (compatible; bingbot/2.0)")
    assert not is_machine("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0")
    assert not is_machine("node")
    assert not is_machine("")
