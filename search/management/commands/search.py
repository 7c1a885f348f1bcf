from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.publishing import consumers, waiting
from cms.publishing.lease import Holder, holder_alive
from cms.publishing.models import Consumer as Row
from cms.publishing.worker import wait_for
from search import golden, rebuild, service
from search.contract import Engine, SearchError, State


class Command(BaseCommand):
    help = "The search index: how it is, how to make it anew, and how to take a new one into use by hand."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="Engine, documents and progress; exit 1 where an index cannot answer.")
        make = actions.add_parser("rebuild", help="Make a new index beside the one in use, then switch to it.")
        switch = actions.add_parser("switch", help="Judge a new index that was not taken into use once more.")
        switch.add_argument("--force", action="store_true", help="Take it into use although it answers worse.")
        ask = actions.add_parser("golden", help="Ask the golden queries: nDCG@10 by set, and what is not found well.")
        ask.add_argument("--fail-under", type=float, default=0, metavar="FIGURE", help="Of all queries together.")
        for each in (make, switch, ask):
            each.add_argument("--index", choices=sorted(service.engines()), default=service.PRIMARY)
        for each in (make, switch):
            each.add_argument("--wait", type=float, default=0, metavar="SECONDS", help="Wait so long for the worker.")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, f"_{action}")(**options)

    def _status(self, **_: Any) -> None:
        followers = {each.name: each for each in waiting.followers()}
        states = service.states()
        told = {
            name: {"state": states[name], **_of_engine(engine, states[name]), **_of_consumer(name, followers.get(name))}
            for name, engine in service.engines().items()
        }
        self.stdout.write(json.dumps(told, indent=2, ensure_ascii=False))
        if any(state != service.OK for state in states.values()):
            raise SystemExit(1)

    def _rebuild(self, index: str, wait: float, **_: Any) -> None:
        self._ask(index, rebuild.REBUILD, wait)

    def _switch(self, index: str, force: bool, wait: float, **_: Any) -> None:
        if service.engines()[index].candidate() is None:
            raise CommandError("There is no new index to switch to; `search rebuild` makes one.")
        if left := consumers.preparing(index):
            raise CommandError(f"The new index is not complete: {left} documents are left.")
        self._ask(index, rebuild.FORCE if force else rebuild.SWITCH, wait)

    def _golden(self, index: str, fail_under: float, **_: Any) -> None:
        engine = service.engines()[index]
        asked = golden.questions(engine.versions())
        scores = golden.measure(engine, asked)
        sets: dict[str, dict[str, float]] = {}
        for each in asked:
            sets.setdefault(each.judged.set, {})[each.judged.query] = scores[each.key]
        for name, found in [("all", scores), *sets.items()]:
            self.stdout.write(f"{name:12s} n={len(found):4d} nDCG@10={golden.mean(found):.4f}")
        for score, query in sorted((score, query) for found in sets.values() for query, score in found.items()):
            if score < 1:
                self.stdout.write(f"{score:.2f} {query}")
        if golden.mean(scores) < fail_under:
            raise CommandError(f"Below {fail_under}.")

    def _ask(self, index: str, what: str, wait: float) -> None:
        """The running worker does it; without one, it is done here."""
        consumers.ask(index, what)
        if holder_alive("projector"):
            if not wait:
                self.stdout.write("The worker does it; `search status` tells how far it is.")
                return
            if not wait_for(lambda: _is_done(index), wait):
                raise CommandError("The worker is not done yet; `search status` tells how far it is.")
        else:
            _follow(consumers.registered[index])
        row = Row.objects.get(pk=index)
        if row.warning or row.error:
            raise CommandError(row.warning or row.error)
        self.stdout.write((row.memory.get("gate") or {}).get("text", ""))


def _of_engine(engine: Engine, state: str) -> dict[str, Any]:
    """As far as it answers; one that has just kept us waiting in vain is not asked again."""
    answers = state != service.SILENT
    candidate = _told(engine.candidate) if answers else None
    current, coming = _told(engine.state) if answers else None, _told(candidate.state) if candidate else None
    return {
        "engine": engine.name,
        "fingerprint": engine.fingerprint(),
        "in_use": _as_json(current),
        "candidate": _as_json(coming),
    }


def _told(question: Callable[[], Any]) -> Any:
    try:
        return question()
    except SearchError:
        return None


def _as_json(state: State | None) -> dict[str, Any] | None:
    if state is None:
        return None
    return {"generation": state.name, "documents": state.documents, "fingerprint": state.fingerprint}


def _of_consumer(name: str, follower: waiting.Follower | None) -> dict[str, Any]:
    row = Row.objects.filter(pk=name).first() or Row(pk=name)
    scores = row.memory.get("scores", {})
    return {
        "left": row.preparing,
        "lag": follower.lag if follower else 0,
        "parked": follower.parked if follower else 0,
        "asked": row.asked,
        "error": row.error,
        "warning": row.warning,
        "gate": row.memory.get("gate"),
        "golden": {"queries": len(scores), "ndcg": round(golden.mean(scores), 4)},
    }


def _is_done(index: str) -> bool:
    row = Row.objects.get(pk=index)
    return not row.asked and not row.preparing


def _follow(consumer: consumers.Consumer) -> None:
    lease = Holder("projector")
    if not lease.take():
        raise CommandError("Another process has just taken over publishing; try again.")
    try:
        while consumers.follow(consumer, lease):
            pass
    finally:
        consumer.close()
        lease.release()
