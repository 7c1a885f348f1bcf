"""The rules of the search desk as they stand in the database, kept in memory and asked for again after a change."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from django.db import DatabaseError

from search import analysis
from search.desk import words
from search.models import HiddenPage, PinnedPage, QueryRule, RulesVersion, Synonym
from search.rules import NO_RULES, Chosen, Decision, Rules, telling
from search.rules import Synonym as SynonymRule

logger = logging.getLogger(__name__)

FRESH_SECONDS = 1.0
"""So long the rules are believed; then one look-up of one row tells whether they changed."""

ALL_SITES = None


class Kept:
    """Rules by site. Any number of threads ask; one of them looks after changes, the others are not kept waiting."""

    def __init__(self) -> None:
        self._rules: Mapping[int | None, Rules] = {}
        self._token: str | None = None
        self._looked = float("-inf")
        self._looking = threading.Lock()

    def of(self, site: int) -> Rules:
        self._look()
        return self._rules.get(site) or self._rules.get(ALL_SITES, NO_RULES)

    def forget(self) -> None:
        self._looked, self._token = float("-inf"), None

    def _look(self) -> None:
        if time.monotonic() - self._looked < FRESH_SECONDS:
            return
        first = self._token is None
        if not self._looking.acquire(blocking=first):
            return
        try:
            if time.monotonic() - self._looked < FRESH_SECONDS:
                return
            # the token before the rules: what changes in between is read again at the next look
            token = version()
            if token != self._token:
                self._rules = read() if token else {}
                self._token = token
        except DatabaseError as error:
            # a role without the grants of this version, for one; a search without rules is better than none
            logger.warning("The rules of the search desk cannot be read: %s", error)
            self._token = self._token or ""
        finally:
            self._looked = time.monotonic()
            self._looking.release()


_kept = Kept()
of_site = _kept.of
forget = _kept.forget


def version() -> str:
    """Another text after every change of a rule; "" before the first."""
    return RulesVersion.objects.values_list("token", flat=True).first() or ""


def changed(**kwargs: Any) -> None:
    """After a rule was saved or deleted, in the same transaction."""
    RulesVersion.objects.update_or_create(pk=RulesVersion.ONLY, defaults={"token": uuid4().hex})


def read() -> dict[int | None, Rules]:
    """The rules of every site that has some of its own, and those of all others."""
    synonyms: dict[int | None, list[SynonymRule]] = {}
    for row in Synonym.objects.order_by("pk"):
        synonyms.setdefault(row.site_id, []).extend(_synonyms(row))
    decisions: dict[int | None, list[tuple[str, Decision]]] = {}
    pinned, hidden = _chosen(PinnedPage), _chosen(HiddenPage)
    for rule in QueryRule.objects.order_by("pk"):
        decision = Decision(tuple(pinned.get(rule.pk, ())), tuple(hidden.get(rule.pk, ())))
        decisions.setdefault(rule.site_id, []).extend((line, decision) for line in rule.lines())
    shared = synonyms.get(ALL_SITES, [])
    return {
        site: Rules.of([*shared, *(synonyms.get(site, []) if site else [])], decisions.get(site, []))
        for site in {ALL_SITES, *synonyms, *decisions}
    }


def _synonyms(row: Synonym) -> Iterator[SynonymRule]:
    written = [row.word, *words.split(row.others)]
    asking = written if row.direction == Synonym.Direction.TWO_WAY else written[:1]
    for each in asking:
        others = tuple(spoken for other in written if other != each and (spoken := _spoken(other)))
        if (asked := _hyphenated(each) or telling(each)) and others:
            yield SynonymRule(asked, others, row.language)


def _spoken(text: str) -> tuple[str, ...]:
    """All words, as they stand in a text."""
    return _hyphenated(text) or tuple(analysis.words(analysis.normalise(text)))


def _hyphenated(text: str) -> tuple[str, ...]:
    """*e-post* as *epost*, which questions and texts with either have; of everything else nothing."""
    text = analysis.normalise(text).strip()
    return (analysis.in_one(text),) if text in analysis.in_pieces(text) and "-" in text else ()


def _chosen(model: type[PinnedPage] | type[HiddenPage]) -> dict[int, list[Chosen]]:
    found: dict[int, list[Chosen]] = {}
    rows = model.objects.values_list("rule_id", "page_id", "first_day", "last_day")  # in the order of the form
    for rule, page, first, last in rows:
        found.setdefault(rule, []).append(Chosen(page, first, last))
    return found
