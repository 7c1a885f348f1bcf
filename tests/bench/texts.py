"""Texts with words as common as they are in Norwegian: what search costs depends on how many documents have a word."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import wordfreq

WORDS = 30_000
MUNICIPALITIES = ("3405", "3403", "3407", "3420", "0301", "4601", "5001")
COUNTIES = ("34", "03", "46", "50")
TOPICS = ("arbeidsliv", "klima", "kultur", "helse", "oppvekst", "samferdsel")
YEARS = tuple(str(year) for year in range(2015, 2027))


class Text(NamedTuple):
    title: str
    paragraphs: tuple[str, ...]


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """The commonest words with their cumulative weights."""
    words = [word for word in wordfreq.top_n_list("nb", WORDS) if word.isalpha()]
    return words, list(accumulate(wordfreq.word_frequency(word, "nb") for word in words))


def text(number: int) -> Text:
    """Always the same for a number: a title of three to nine words, two to ten paragraphs of fifteen to forty-five."""
    words, weights = vocabulary()
    chance = random.Random(number)

    def sentence(fewest: int, most: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(fewest, most))).capitalize()

    return Text(sentence(3, 9), tuple(sentence(15, 45) for _ in range(chance.randint(2, 10))))


def keys(number: int) -> dict[str, tuple[str, ...]]:
    chance = random.Random(-number)
    return {
        "type": ("news-article",),
        "language": ("nb",),
        "topic": tuple(sorted(chance.sample(TOPICS, 2))),
        "municipality": (chance.choice(MUNICIPALITIES),),
        "county": (chance.choice(COUNTIES),),
        "year": (chance.choice(YEARS),),
    }


def queries(count: int) -> Iterator[str]:
    """One or two words that about one document in a hundred to one in five has, in turn."""
    words, _ = vocabulary()
    chance = random.Random(count)
    usual = [word for word in words[300:6000] if len(word) > 3]
    for number in range(count):
        yield " ".join(chance.sample(usual, 1 + number % 2))
