"""What letters typed so far may have been meant to be: on a keyboard without some of them, or with one finger wrong."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

LETTERS = "abcdefghijklmnopqrstuvwxyzæøåáčđŋšŧž"
SHORTEST = 4
"""Letters from which one of them may be wrong."""

DIGRAPHS = {"ae": "æ", "oe": "ø", "aa": "å"}
SINGLE = {"a": "åæá", "c": "č", "d": "đ", "n": "ŋ", "o": "ø", "s": "š", "t": "ŧ", "z": "ž"}
REPLACED = 2
"""Letters at most that stand for others by themselves, among the first PLACES that may."""
PLACES = 12


def with_other_letters(letters: str) -> list[str]:
    """What may have been meant on a keyboard without æøå or without the letters of Sámi; not what was typed itself.

    >>> with_other_letters("loep"), with_other_letters("kar")
    (['løp', 'løep'], ['kår', 'kær', 'kár'])
    """
    whole = letters
    for digraph, letter in DIGRAPHS.items():
        whole = whole.replace(digraph, letter)
    places = [(at, other) for at, letter in enumerate(letters) for other in SINGLE.get(letter, "")][:PLACES]
    found = {whole: None}
    for count in range(1, REPLACED + 1):
        for chosen in combinations(places, count):
            written = list(letters)
            for at, other in chosen:
                written[at] = other
            found["".join(written)] = None
    return [each for each in found if each != letters]


def one_slip_away(letters: str) -> list[str]:
    """All that differs in one letter, added, left out, exchanged or swapped with the next; the first one is right.

    >>> "konfer" in one_slip_away("konfre"), one_slip_away("kon")
    (True, [])
    """
    return sorted(set(_slips(letters))) if len(letters) >= SHORTEST and letters.isalpha() else []


def _slips(letters: str) -> Iterator[str]:
    yield letters[1] + letters[0] + letters[2:]
    for at in range(1, len(letters)):
        before, letter, after = letters[:at], letters[at], letters[at + 1 :]
        yield before + after
        yield before + after[:1] + letter + after[1:]
        for other in LETTERS:
            yield before + other + after
            yield before + other + letter + after
