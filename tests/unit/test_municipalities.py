import pytest

from cms.content import municipalities as register
from cms.content.municipalities import County, UnknownMunicipalityError, find, municipality


def test_the_register_is_complete() -> None:
    everything = register.municipalities()
    assert len(everything) == 357
    assert len({each.name for each in everything.values()}) == 357
    assert all(number == each.number and len(number) == 4 for number, each in everything.items())
    assert all(each.number.startswith(each.county.number) for each in everything.values())


def test_the_counties_are_those_of_2024_and_later() -> None:
    names = {number: county.name for number, county in register.counties().items()}
    assert names == {
        "03": "Oslo", "11": "Rogaland", "15": "Møre og Romsdal", "18": "Nordland", "31": "Østfold",
        "32": "Akershus", "33": "Buskerud", "34": "Innlandet", "39": "Vestfold", "40": "Telemark",
        "42": "Agder", "46": "Vestland", "50": "Trøndelag", "55": "Troms", "56": "Finnmark",
    }  # fmt: skip
    assert sum(each.county.name == "Innlandet" for each in register.municipalities().values()) == 46


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("0301", "Oslo"), ("1508", "Ålesund"), ("1580", "Haram"), ("3401", "Kongsvinger"), ("3403", "Hamar"),
        ("3405", "Lillehammer"), ("3407", "Gjøvik"), ("3411", "Ringsaker"), ("3412", "Løten"), ("3413", "Stange"),
        ("3415", "Sør-Odal"), ("3420", "Elverum"), ("3421", "Trysil"), ("3423", "Stor-Elvdal"), ("3454", "Vang"),
    ],
)  # fmt: skip
def test_numbers_name_the_right_municipality(number: str, name: str) -> None:
    assert municipality(number).name == name


def test_a_municipality_knows_its_county_and_its_official_name() -> None:
    karasjok = municipality("5610")
    assert (karasjok.name, karasjok.official_name) == ("Karasjok", "Kárášjohka - Karasjok")
    assert karasjok.county == County("56", "Finnmark")


def test_an_unknown_number_says_which_and_as_of_when() -> None:
    with pytest.raises(UnknownMunicipalityError, match=r"'0501'.*2026-01-01"):
        municipality("0501")


def test_choices_follow_the_norwegian_alphabet() -> None:
    groups = register.choices()
    assert [groups[place][0] for place in (0, 1, -2, -1)] == ["Agder", "Akershus", "Vestland", "Østfold"]
    akershus = [name for _, name in dict(groups)["Akershus"]]
    assert (akershus[0], akershus[-1]) == ("Asker", "Ås")
    assert akershus.index("Bærum") < akershus.index("Eidsvoll")
    assert sum(len(members) for _, members in groups) == 357


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3405", "3405"), (301, "0301"), (" lillehammer ", "3405"), ("Lillehammer kommune", "3405"),
        ("STOR-ELVDAL", "3423"), ("Stor Elvdal", "3423"), ("alesund", "1508"), ("A\u030alesund", "1508"),
        ("Karasjok", "5610"), ("Kárášjohka", "5610"), ("karasjohka - karasjok", "5610"),
        ("Herøy, Nordland", "1818"), ("Våler (Innlandet)", "3419"),
    ],
)  # fmt: skip
def test_find_takes_what_people_write(text: str | int, number: str) -> None:
    found = find(text)
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize("text", ["", "Hedmark", "0501", "9999", "Herøy", "Våler"])
def test_find_does_not_guess(text: str) -> None:
    assert find(text) is None
