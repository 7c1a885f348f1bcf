"""The municipalities and counties of Norway: choices, labels and look-ups. No Django models, importable anywhere.

`municipality("3405")` and `find("lillehammer kommune")` are both
`Municipality("3405", "Lillehammer", County("34", "Innlandet"), "Lillehammer")`.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

VALID_FROM = "2026-01-01"
_FILE = Path(__file__).parent / "data" / f"municipalities-{VALID_FROM}.csv"
_ALPHABET = str.maketrans("æäøöå", "{{||}")  # the characters after z, in the order of the Norwegian alphabet
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t"})  # those that have no decomposition


class UnknownMunicipalityError(LookupError):
    """A number that is not in the classification, often one from before a merger."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number!r} is not the number of a Norwegian municipality as of {VALID_FROM}")
        self.number = number


@dataclass(frozen=True, slots=True)
class County:
    number: str  # two digits, "03"
    name: str


@dataclass(frozen=True, slots=True)
class Municipality:
    number: str  # four digits, "0301"
    name: str  # Norwegian; with the county in brackets where two share a name
    county: County
    official_name: str  # with parallel names, "Deatnu - Tana"


@cache
def municipalities() -> Mapping[str, Municipality]:
    """All 357, by number, in the order of their numbers."""
    found: dict[str, Municipality] = {}
    known: dict[str, County] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            county = known.setdefault(row["county_number"], County(row["county_number"], row["county_name"]))
            found[row["number"]] = Municipality(row["number"], row["name"], county, row["official_name"])
    return MappingProxyType(found)


@cache
def counties() -> Mapping[str, County]:
    """All 15, by number, in the order of their numbers."""
    return MappingProxyType({each.county.number: each.county for each in municipalities().values()})


def municipality(number: str) -> Municipality:
    try:
        return municipalities()[number]
    except KeyError:
        raise UnknownMunicipalityError(number) from None


@cache
def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """[(county name, [(number, name)])], both levels in Norwegian alphabetical order, as a select takes them."""
    groups: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in sorted(municipalities().values(), key=lambda each: alphabetical(each.name)):
        groups[each.county.name].append((each.number, each.name))
    return sorted(groups.items(), key=lambda group: alphabetical(group[0]))


def find(text: str | int) -> Municipality | None:
    """A municipality by number or by any of its names, as people write them; None when nothing or several match.

    "3405", 301, "Ålesund", "alesund", "Karasjok kommune", "Kárášjohka", "Herøy, Nordland".
    """
    wanted = str(text).strip()
    if wanted.isdecimal():
        return municipalities().get(wanted.zfill(4))
    wanted = re.sub(r"\s+kommune$", "", wanted, flags=re.IGNORECASE)
    for simplify in (_words, _ascii):
        matches = _by_name(simplify).get(simplify(wanted), ())
        if matches:
            return matches[0] if len(matches) == 1 else None
    return None


def alphabetical(text: str) -> str:
    """A sort key: æ, ø, å after z, other marks ignored, case ignored."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_ALPHABET)
    return _without_marks(folded)


@cache
def _by_name(simplify: Callable[[str], str]) -> Mapping[str, tuple[Municipality, ...]]:
    names: defaultdict[str, set[Municipality]] = defaultdict(set)
    for each in municipalities().values():
        bare = each.name.partition(" (")[0]
        for name in (each.name, bare, each.official_name, *each.official_name.split(" - ")):
            names[simplify(name)].add(each)
    return {name: tuple(found) for name, found in names.items()}


def _words(text: str) -> str:
    """'Herøy (Nordland)' and 'herøy, nordland' are both 'herøy nordland'."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))


def _ascii(text: str) -> str:
    return _without_marks(_words(text).translate(_LETTERS))


def _without_marks(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
