"""Pages like a given one: those that share its most telling words."""

from __future__ import annotations

import math
from collections import Counter

import tantivy
from tantivy import Occur, Query

from search import analysis
from search.stopwords import STOP_WORDS
from search.tantivy_engine.documents import Source

TERMS = 25
TITLE_WEIGHT = 3
SUMMARY_WEIGHT = 2
SUMMARY_FIELDS = frozenset({"summary", "topics"})
MAX_WORDS = 2_000


def query(schema: tantivy.Schema, searcher: tantivy.Searcher, source: Source) -> Query:
    """The document's best terms by tf-idf, any of them; not the document itself."""
    best = telling_terms(searcher, source)
    clauses = [
        (Occur.Should, Query.boost_query(Query.term_query(schema, "words", term), weight)) for term, weight in best
    ]
    return Query.boolean_query([*clauses, (Occur.MustNot, Query.term_query(schema, "id", source.id))])


def telling_terms(searcher: tantivy.Searcher, source: Source) -> list[tuple[str, float]]:
    """At most TERMS terms that other documents have too, with weights that add up to 1."""
    counts: Counter[str] = Counter()
    for weight, text in _weighted(source):
        for word in analysis.words(text)[:MAX_WORDS]:
            if len(word) > 2 and word not in STOP_WORDS:
                counts[analysis.term(word, source.language)] += weight
    documents = searcher.num_docs
    weighted = []
    for term, count in counts.items():
        holders = searcher.doc_freq("words", term)
        if holders > 1:
            weighted.append(((1 + math.log(count)) * math.log(1 + documents / holders), term))
    best = sorted(weighted, key=lambda each: (-each[0], each[1]))[:TERMS]
    whole = sum(weight for weight, _ in best)
    return [(term, weight / whole) for weight, term in best]


def _weighted(source: Source) -> list[tuple[int, str]]:
    weights = [SUMMARY_WEIGHT if field in SUMMARY_FIELDS else 1 for field in source.fields]
    return [(TITLE_WEIGHT, source.title), *zip(weights, source.passages, strict=True)]
