"""Pages like a given one: those that share its most telling words."""

from __future__ import annotations

import math
from collections import Counter

from search import analysis
from search.clauses import Clause, Group, Ids, Term
from search.index import Index
from search.indexed import Source
from search.stopwords import STOP_WORDS

TERMS = 25
TITLE_WEIGHT = 3
SUMMARY_WEIGHT = 2
SUMMARY_FIELDS = frozenset({"summary", "topics"})
MAX_WORDS = 2_000


def clause(index: Index, source: Source) -> Clause:
    """The document's best terms by tf-idf, any of them; not the document itself."""
    should = tuple(Term("words", term, weight) for term, weight in telling_terms(index, source))
    return Group(should=should, never=(Ids((source.id,)),))


def telling_terms(index: Index, source: Source) -> list[tuple[str, float]]:
    """At most TERMS terms that other documents have too, with weights that add up to 1."""
    counts: Counter[str] = Counter()
    for weight, text in _weighted(source):
        for word in analysis.words(text)[:MAX_WORDS]:
            if len(word) > 2 and word not in STOP_WORDS:
                counts[analysis.term(word, source.language)] += weight
    documents, holders = index.size(), index.holders(counts.keys(), ("words",))
    weighted = [
        ((1 + math.log(count)) * math.log(1 + documents / holders[term]), term)
        for term, count in counts.items()
        if holders.get(term, 0) > 1
    ]
    best = sorted(weighted, key=lambda each: (-each[0], each[1]))[:TERMS]
    whole = sum(weight for weight, _ in best)
    return [(term, weight / whole) for weight, term in best]


def _weighted(source: Source) -> list[tuple[int, str]]:
    weights = [SUMMARY_WEIGHT if field in SUMMARY_FIELDS else 1 for field in source.fields]
    return [(TITLE_WEIGHT, source.title), *zip(weights, source.passages, strict=True)]
