"""Shows why a page was found: the words that matched, marked in the page's own text.

Which words match is told by the index, which has analysed each of them already; so nothing is analysed again here, and
an inflection is marked whatever form was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from html import escape

from search.analysis import WORD
from search.contract import Highlight

FRAGMENTS = 3
FRAGMENT_LENGTH = 160
"""Characters, before the last word is completed."""
WINDOWS = 100
"""Places looked at in one passage."""

Span = tuple[int, int]
Phrase = Sequence[Collection[str]]
"""Word by word, how each may be spelt."""

SPACE = re.compile(r"\s")


def highlight(title: str, passages: Sequence[str], words: Collection[str], phrases: Sequence[Phrase] = ()) -> Highlight:
    """Title and best fragments with ``<mark>`` around the words, which are spelt as in the texts.

    >>> highlight("Ny barnehage", ["Barnehagen åpner <snart>."], {"barnehage", "Barnehagen"})
    Highlight(title='Ny <mark>barnehage</mark>', body=('<mark>Barnehagen</mark> åpner &lt;snart&gt;.',))
    """
    spans = matches(title, words, phrases)
    return Highlight(mark(title, spans) if spans else None, tuple(fragments(passages, words, phrases)))


def matches(text: str, words: Collection[str], phrases: Sequence[Phrase] = ()) -> list[Span]:
    """Where the words stand in the text, as whole words, and where phrases do, word by word; none within another."""
    spans = []
    for word in words:
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum()):
                spans.append((start, end))
            start = text.find(word, end)
    for phrase in phrases:
        spans += _phrase_spans(text, phrase)
    if len(spans) < 2:
        return spans
    apart: list[Span] = []
    for span in sorted(spans, key=lambda each: (each[0], -each[1])):
        if not apart or span[0] >= apart[-1][1]:  # e-post is one word, where its parts were asked for as well
            apart.append(span)
    return apart


def _phrase_spans(text: str, phrase: Phrase) -> list[Span]:
    if not all(any(word in text for word in words) for words in phrase):
        return []
    standing = [(found[0], found.span()) for found in WORD.finditer(text)]
    return [
        span
        for first in range(len(standing) - len(phrase) + 1)
        if all(standing[first + at][0] in words for at, words in enumerate(phrase))
        for _, span in standing[first : first + len(phrase)]
    ]


def fragments(passages: Sequence[str], words: Collection[str], phrases: Sequence[Phrase] = ()) -> list[str]:
    """The fragments with the most different matches, at most three and never two the same, in the order of the page."""
    candidates = []
    for number, text in enumerate(passages):
        spans = matches(text, words, phrases)
        if spans:
            window, inside = _best_window(text, spans)
            candidates.append((-len(_different(text, inside)), -len(inside), number, window, inside))
    candidates.sort()
    chosen: dict[str, int] = {}
    for _, _, number, window, inside in candidates:
        chosen.setdefault(_fragment(passages[number], window, inside), number)
        if len(chosen) == FRAGMENTS:
            break
    return sorted(chosen, key=lambda fragment: chosen[fragment])


def mark(text: str, spans: Sequence[Span], start: int = 0, end: int | None = None) -> str:
    """``text[start:end]`` escaped, with the spans marked.

    >>> mark("a<b c", [(2, 3)])
    'a&lt;<mark>b</mark> c'
    """
    end = len(text) if end is None else end
    pieces, position = [], start
    for from_, to in spans:
        pieces += [escape(text[position:from_]), "<mark>", escape(text[from_:to]), "</mark>"]
        position = to
    return "".join([*pieces, escape(text[position:end])])


def _best_window(text: str, spans: list[Span]) -> tuple[Span, list[Span]]:
    """The stretch of about FRAGMENT_LENGTH characters with the most different matches, ends at word boundaries."""
    if len(text) <= FRAGMENT_LENGTH:
        return (0, len(text)), spans
    best: list[Span] = []
    most, all_ = 0, len(_different(text, spans))
    for first in range(min(len(spans), WINDOWS)):
        near = spans[first : first + FRAGMENT_LENGTH // 2]
        inside = [span for span in near if span[1] - near[0][0] <= FRAGMENT_LENGTH] or near[:1]
        different = len(_different(text, inside))
        if different > most:
            best, most = inside, different
            if most == all_:
                break
    room = max(0, FRAGMENT_LENGTH - (best[-1][1] - best[0][0]))
    start = max(0, best[0][0] - room // 3)
    end = min(len(text), max(start + FRAGMENT_LENGTH, best[-1][1]))
    start = max(0, min(start, end - FRAGMENT_LENGTH))
    start, end = _word_start(text, start, best[0][0]), _word_end(text, end)
    return (start, end), [span for span in spans if start <= span[0] and span[1] <= end]


def _different(text: str, spans: list[Span]) -> set[str]:
    return {text[start:end].lower() for start, end in spans}


def _word_start(text: str, position: int, limit: int) -> int:
    """The next start of a word, not beyond ``limit``."""
    if position == 0:
        return 0
    space = SPACE.search(text, position - 1, limit)
    return space.end() if space else limit


def _word_end(text: str, position: int) -> int:
    space = SPACE.search(text, position)
    # A text without spaces is cut rather than shown whole.
    return min(space.start() if space else len(text), position + FRAGMENT_LENGTH // 2)


def _fragment(text: str, window: Span, spans: list[Span]) -> str:
    start, end = window
    return ("… " if start else "") + mark(text, spans, start, end).strip() + (" …" if end < len(text) else "")
