"""Explains one document's place among the results of a question, from one state of an index of whichever engine.

Nothing is taken from an engine's own explanations: each word is asked for alone, of this document only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from search import analysis, answering, plan
from search.analysis import Lookup
from search.clauses import Clause, Group, Ids
from search.contract import MAX_LIMIT, SearchQuery
from search.explanation import TITLE, Explanation, Found, How, WordExplained
from search.highlight import matches
from search.index import Index
from search.indexed import Source
from search.norwegian import compounds
from search.question import ask
from search.rules import Words
from search.site_words import SiteWords
from search.sought import Sought, SoughtWord, seek

DIRECT: tuple[How, ...] = ("word", "inflection", "nynorsk", "part")

Score = Callable[[Clause], float | None]
"""What a clause gives the document; None where it does not match it."""


def explain(index: Index, query: SearchQuery, id_: int) -> Explanation:
    """``query``: its text, site, rules, recency and time count; filters and order are left aside."""
    query = replace(query, keys=(), when=(), date_from=None, date_to=None, order=None, facets=(), similar_to=None)
    query = replace(query, offset=0, limit=MAX_LIMIT)
    this = (plan.on_site(query.site), Ids((id_,)))

    def score(clause: Clause) -> float | None:
        found = index.find(Group(must=(clause,), filters=this), "relevance", 1, {}).ranked
        return float(found[0].key) if found else None

    there = index.find(Group(filters=this), "newest", 1, {}).ranked
    if not there:
        return Explanation(indexed=False)
    [source] = index.sources(there)
    answer = answering.answer(index, query, "")
    question = ask(query.text)
    sought = seek(question, SiteWords(index, query.site, exact=not answer.total), query.rules)
    asked = plan.question(sought)
    planned = plan.plan(query, asked, query.rules.decision(question))
    words, whole = score(asked), score(plan.raised(asked, query))
    hit = next((hit for hit in answer.hits if hit.id == id_ and not hit.pinned), None)
    meaning = hit.score - whole if hit and whole is not None else 0.0
    return Explanation(
        indexed=True,
        version=there[0].version,
        matches=whole is not None,
        shown=score(planned.clause()) is not None,
        place=next((place for place, hit in enumerate(answer.hits, 1) if hit.id == id_), None),
        total=answer.total,
        score=(whole or 0.0) + meaning,
        gain=(whole or 0.0) - (words or 0.0),
        meaning=meaning,
        words=tuple(_words(sought, source, score)),
        missing=tuple(" ".join(each) for each in sought.phrases if score(plan.phrase(each)) is None),
        excluded=tuple(" ".join(each) for each in sought.excluded if score(plan.phrase(each)) is not None),
        pinned=id_ in planned.pinned,
        hidden=id_ in planned.hidden,
    )


def _words(sought: Sought, source: Source, score: Score) -> Iterator[WordExplained]:
    for word in sought.words:
        given = score(Group(should=tuple(plan.word_clauses(word, sought))))
        yield WordExplained(word.text, given or 0.0, tuple(_of_word(word, sought, source)))
    for each in sought.expansions:
        if len(each.words) > 1 and (given := score(Group(should=tuple(plan.synonyms(each))))):
            yield WordExplained(" ".join(each.words), given, tuple(_synonyms(each.others, source)))


def _of_word(word: SoughtWord, sought: Sought, source: Source) -> Iterator[Found]:
    direct = source.matching(word.lookup.any_form)
    by_how: dict[How, set[str]] = {}
    for each in direct:
        by_how.setdefault(_how(word.text, word.lookup, analysis.in_one(each), source.language), set()).add(each)
    for how in DIRECT:
        if how in by_how:
            yield _found(how, "", by_how[how], source)
    for correction in word.corrections:
        if corrected := source.matching(analysis.lookup(correction).any_form):
            yield _found("correction", correction, corrected, source)
    for expansion in sought.expansions:
        if expansion.words == (word.text,) and expansion.language in ("", source.language):
            yield from _synonyms(expansion.others, source)
    if parts := source.matching(word.lookup.parts) - direct:
        yield _found("own-part", "", parts, source)


def _synonyms(others: tuple[Words, ...], source: Source) -> Iterator[Found]:
    for other in others:
        lookups = [analysis.lookup(each) for each in other]
        # several words have to stand there as they are, one alone may have another form
        written = [source.matching(each.terms if len(other) > 1 else each.any_form) for each in lookups]
        if all(written):  # of several words, whether one after another the score says
            yield _found("synonym", " ".join(other), set().union(*written), source)


def _how(asked: str, lookup: Lookup, written: str, language: str) -> How:
    """How a word that stands in the text is one that was asked for."""
    terms = lookup.terms
    if written == asked:
        return "word"
    if analysis.analysed(written, language).term in terms:
        return "nynorsk" if language == "nn" and analysis.term(written, "nb") not in terms else "inflection"
    parts = compounds.parts(written, "nn" if language == "nn" else "nb") if language in analysis.NORWEGIAN else ()
    if any(analysis.term(part, language) in terms for part in parts):
        return "part"
    same_stem = not set(lookup.stems).isdisjoint(analysis.analysed(written, language).parts)
    return "inflection" if same_stem and language != "nn" else "nynorsk"


def _found(how: How, by: str, written: Collection[str], source: Source) -> Found:
    places: Counter[str] = Counter()
    for field, text in zip((TITLE, *source.fields), (source.title, *source.passages), strict=True):
        if times := len(matches(text, written)):
            places[field] += times
    return Found(how, by, tuple(sorted({each.lower() for each in written})), dict(places))
