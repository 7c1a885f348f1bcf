"""Search as the rest of the product uses it: ask, suggest, and which engine answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import cache
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search import analysis
from search.breaker import Breaker
from search.contract import Answer, Engine, IndexMissing, SearchError, SearchQuery, Suggestions
from search.desk import stored
from search.engines import maker
from search.explanation import Explanation

PRIMARY, STANDBY = "search", "search-standby"
"""Indexes, by the name of the consumer that keeps them."""

OK, SILENT = "ok", "the engine does not answer"

Result = TypeVar("Result")


def search(query: SearchQuery) -> Answer:
    """By the rules of the search desk. Raises IndexMissing, EngineUnavailable (both are SearchError)."""
    asked = _as_set_up(query)
    found, by, degraded = _ask(lambda engine: engine.search(asked))
    return replace(found, engine=by, degraded=degraded)


def explain(query: SearchQuery, id: int) -> Explanation:
    """Why ``search`` shows a document, or does not. Raises IndexMissing, EngineUnavailable."""
    asked = _as_set_up(query)
    return _ask(lambda engine: engine.explain(asked, id))[0]


def _as_set_up(query: SearchQuery) -> SearchQuery:
    if not query.text.strip():
        return query
    return replace(query, rules=stored.of_site(query.site), recency=recency())


def suggest(site: int, text: str, limit: int = 8) -> Suggestions:
    """Raises IndexMissing, EngineUnavailable (both are SearchError)."""
    found, by, degraded = _ask(lambda engine: engine.suggest(site, text, limit))
    return replace(found, engine=by, degraded=degraded)


def states() -> Mapping[str, str]:
    """Index → ``ok``, or why it cannot be asked."""
    return {name: _state(each) for name, each in engines().items()}


def documents(name: str) -> int | None:
    """How many documents an index has; None while it cannot be asked."""
    try:
        return guarded(engines()[name], lambda each: each.state()).documents
    except SearchError:
        return None


def engines() -> Mapping[str, Engine]:
    """The engine, and the one that stands by for it, if there is one."""
    other = standby()
    return {PRIMARY: engine(), **({STANDBY: other} if other else {})}


def _ask(question: Callable[[Engine], Result]) -> tuple[Result, str, bool]:
    """The answer, the engine that gave it, and whether that is the standby."""
    first, other = engine(), standby()
    try:
        return guarded(first, question), first.name, False
    except SearchError:
        if other is None:
            raise
        return question(other), other.name, True


def guarded(engine: Engine, question: Callable[[Engine], Result]) -> Result:
    """Asks an engine, over a network not for longer than a visitor can wait. Raises IndexMissing, EngineUnavailable."""
    if not engine.remote:
        return question(engine)
    analysis.lookup("konferanse")  # loads the word lists, where that is still to be done: no fault of the engine
    return breaker().call(lambda: question(engine))


def _state(asked: Engine) -> str:
    try:
        guarded(asked, lambda each: each.state())
    except IndexMissing:
        return "there is no usable index"
    except SearchError:
        return SILENT
    return OK


@cache
def breaker() -> Breaker:
    return Breaker()


@cache
def standby() -> Engine | None:
    """The engine that SEARCH_STANDBY names: it answers while the other one does not."""
    return _made(settings.SEARCH_STANDBY, "SEARCH_STANDBY") if settings.SEARCH_STANDBY else None


def recency() -> float:
    """SEARCH_RECENCY as a number. Raises ImproperlyConfigured."""
    with suppress(ValueError):
        if 0 <= (found := float(settings.SEARCH_RECENCY)) <= 1:
            return found
    raise ImproperlyConfigured(f"SEARCH_RECENCY={settings.SEARCH_RECENCY!r} is no number from 0 to 1")


@cache
def engine() -> Engine:
    """The engine that SEARCH_URL names."""
    return _made(settings.SEARCH_URL, "SEARCH_URL")


def _made(url: str, setting: str) -> Engine:
    try:
        return maker(url).engine(url)
    except ValueError as error:  # it does not show the URL, which may hold a password
        raise ImproperlyConfigured(f"{setting}: {error}") from error


@contextmanager
def throw_away(url: str) -> Iterator[Engine]:
    """An empty engine of the kind that ``url`` names, beside the one in use; gone afterwards."""
    with ExitStack() as stack:
        try:
            made = stack.enter_context(maker(url).throw_away(url))
        except ValueError as error:
            raise ImproperlyConfigured(f"The engine's URL: {error}") from error
        yield made
