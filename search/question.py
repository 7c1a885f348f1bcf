"""What a visitor typed, taken apart: words, "phrases in quotes" and -exclusions. No other syntax, and no errors."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search import analysis
from search.stopwords import STOP_WORDS

MAX_CHARACTERS = 1_000
MAX_WORDS = 32

# Not «»: those come with pasted headlines and titles, where they only quote.
PART = re.compile(
    rf"""(?P<minus>(?<!\S)-)?["“”„](?P<phrase>[^"“”„]+)["“”„]   # -"not these words"
      | (?<!\S)-(?P<unwanted>[^\s"“”„]+)                       # -not
      | (?P<word>{analysis.NUMBER}|[^\W_]+(?:-[^\W_]+)*)
    """,
    re.VERBOSE,
)

QUOTES = re.compile(r'["“”„]')


@dataclass(frozen=True, slots=True)
class Question:
    """All lower case, unique, in the order typed.

    words     the more of them a document has, the better
    phrases   every one has to be there, word after word
    excluded  phrases (mostly of one word) that may not be there
    """

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()


def ask(text: str) -> Question:
    """Understands a query, at most its first 32 words.

    >>> ask('ny "åpen barnehage" -Oslo i')
    Question(words=('ny',), phrases=(('åpen', 'barnehage'),), excluded=(('oslo',),))
    """
    loose: list[str] = []
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []
    room = MAX_WORDS
    for part in PART.finditer(analysis.normalise(text[:MAX_CHARACTERS])):
        words = tuple(analysis.words(part["phrase"] or part["unwanted"] or part["word"])[:room])
        room -= len(words)
        if not words:
            continue
        if part["minus"] or part["unwanted"]:
            excluded.append(words)
        elif part["phrase"]:
            phrases.append(words)
        else:
            loose += [*words, *analysis.joined(part["word"])]
    telling = [word for word in loose if word not in STOP_WORDS]
    if not telling and not phrases:
        telling = loose
    return Question(tuple(dict.fromkeys(telling)), tuple(dict.fromkeys(phrases)), tuple(dict.fromkeys(excluded)))


def wanted(text: str) -> str:
    """A query as it was typed, without what it excludes.

    >>> wanted("Hva koster barnehage -Oslo?")
    'Hva koster barnehage'
    """
    return " ".join(PART.sub(lambda part: "" if part["minus"] or part["unwanted"] else part[0], text).split())


def without_quotes(text: str) -> str:
    """
    >>> without_quotes('"åpne barnehager"  i dag')
    'åpne barnehager i dag'
    """
    return " ".join(QUOTES.sub(" ", text).split())
