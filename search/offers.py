"""What to offer a visitor besides, or instead of, what was asked for: a better spelling, and fewer filters."""

from __future__ import annotations

import re
from dataclasses import replace

from search import analysis, plan
from search.clauses import Clause
from search.contract import Broader
from search.index import Index
from search.plan import Plan
from search.sought import Sought, SoughtWord


def better_spelling(index: Index, sought: Sought, planned: Plan, text: str) -> str | None:
    """The text with misspelt words replaced by those that pages which pass the filters have; None without any."""
    # The other words need not be there: a page with the corrected one is found by it.
    asked = replace(planned, ranking=plan.required(sought))
    better = {word.text: found for word in sought.words if (found := _helpful(index, word, asked))}
    if not better:
        return None

    def corrected(found: re.Match[str]) -> str:
        typed = found[0]
        return _in_case_of(typed, better[typed.lower()]) if typed.lower() in better else typed

    return re.sub(analysis.WORD, corrected, analysis.normalise(text))


def broader(index: Index, planned: Plan) -> tuple[Broader, ...]:
    """How many hits there would be without each of the filters; for a search that found nothing."""
    found = [Broader(field, count(index, planned.clause(without=field))) for field in planned.filters]
    return tuple(sorted((each for each in found if each.total), key=lambda each: -each.total))


def count(index: Index, clause: Clause) -> int:
    return index.find(clause, "newest", 1, {}).total


def _helpful(index: Index, word: SoughtWord, planned: Plan) -> str | None:
    for each in word.corrections:
        if count(index, planned.clause(besides=(plan.word(each),))):
            return each
    return None


def _in_case_of(typed: str, word: str) -> str:
    """
    >>> _in_case_of("Barnehgae", "barnehage"), _in_case_of("NAV", "nav")
    ('Barnehage', 'NAV')
    """
    if len(typed) > 1 and typed.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
