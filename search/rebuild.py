"""Makes a new generation of an index beside the one in use, a step at a time, and takes it into use if it is no worse.

What a step has done is in the engine, what has to be known of it in the consumer's row: killed anywhere, the next
process goes on.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from cms.publishing import reads
from cms.publishing.consumers import Prepared
from cms.publishing.models import Consumer as Row
from cms.publishing.reasons import known
from search import embedding, gate, golden, published
from search.contract import Engine, EngineUnavailable, Generation, IndexMissing
from search.gate import Verdict

logger = logging.getLogger(__name__)

BATCH = 100
"""Documents filled in one step; what editors publish meanwhile waits that long."""
BATCH_WITH_VECTORS = 10
"""A model takes some tenths of a second for each."""
FIRST_S, DAY_S = 5.0, 24 * 3600.0
"""How long after a start the index is measured again, since a new site gets its pages after its index; then after twice
as long each time, at last once a day."""
LOOK_S = 5.0
"""How long an engine on the network is left in peace when there was nothing to do."""

REBUILD, SWITCH, FORCE = "rebuild", "switch", "switch without gate"
"""What an operator may ask for."""

WORSE = known(
    _(
        "The new index of %(consumer)s is complete, but answers worse than the one in use, which goes on answering: "
        "%(verdict)s. Put it right and `search rebuild`, or take it into use nevertheless: `search switch --force`."
    )
)


@dataclass(slots=True)
class Plan:
    """
    left     ids still to be filled, the last one first
    checked  whether the candidate was compared with the documents after all were filled
    judged   whether the gate has spoken
    """

    candidate: str
    left: list[int]
    total: int
    failed: set[int] = field(default_factory=set)
    checked: bool = False
    judged: bool = False


class Rebuild:
    """Of one consumer's index. One process at a time takes steps."""

    def __init__(self, consumer: str) -> None:
        self._consumer = consumer
        self._plan: Plan | None = None
        self._fresh = True
        self._measured_at = time.monotonic()
        self._pause = FIRST_S
        self._quiet_until = 0.0

    def step(self, engine: Engine) -> Prepared:
        """Raises EngineUnavailable."""
        row = Row.objects.filter(pk=self._consumer).first() or Row(pk=self._consumer)
        if engine.remote and not row.asked and time.monotonic() < self._quiet_until:
            return Prepared(warning=row.warning)
        self._quiet_until = 0.0
        candidate = engine.candidate()
        if row.asked == REBUILD or (candidate is None and not engine.is_current()):
            return self._begin(engine, row)
        if candidate is None:
            return self._rest(engine, row)
        plan = self._planned(candidate)
        if plan.left:
            return self._fill(engine, plan)
        if not plan.checked:
            return self._check(engine, plan, candidate)
        if not plan.judged or row.asked:
            return self._decide(engine, plan, candidate, row)
        self._quiet_until = time.monotonic() + LOOK_S
        return Prepared(ready=_in_use(engine), warning=row.warning)

    def _begin(self, engine: Engine, row: Row) -> Prepared:
        logger.info("%s: a new generation of the index is begun", self._consumer)
        engine.lock()
        engine.begin()
        self._plan = None
        self._answered(row, gate=None)
        return Prepared(left=1, ready=_in_use(engine))

    def _rest(self, engine: Engine, row: Row) -> Prepared:
        """Nothing is to be made: once in a process what killed ones left goes, now and then the index is measured."""
        if self._fresh:
            try:
                engine.drop()
            except EngineUnavailable:
                logger.info("%s: another process writes; leftovers stay", self._consumer)
            self._measure(engine, row)
            self._fresh = False
        elif time.monotonic() - self._measured_at > self._pause:
            daily = self._pause == DAY_S
            self._pause = min(2 * self._pause, DAY_S)
            self._measure(engine, row, again=daily)
        if row.asked:
            self._answered(row)
        self._quiet_until = time.monotonic() + LOOK_S
        return Prepared()

    def _planned(self, candidate: Generation) -> Plan:
        """What the candidate lacks: all of it when it is new, the rest when another process was killed."""
        name = candidate.state().name
        if self._plan is None or self._plan.candidate != name:
            left = _lacking(candidate)
            self._plan = Plan(name, left, len(left))
        return self._plan

    def _fill(self, engine: Engine, plan: Plan) -> Prepared:
        engine.lock()  # before the documents are read
        size = BATCH_WITH_VECTORS if embedding.embedder() else BATCH
        ids = [plan.left.pop() for _ in range(min(size, len(plan.left)))]
        batch = published.read(ids)
        try:
            failed = {**batch.broken, **engine.fill(batch.documents)}
        except BaseException:
            self._plan = None  # looked up anew: nobody knows what of these was filled
            raise
        plan.failed |= failed.keys()
        return Prepared(failed, len(plan.left) + 1, ready=_in_use(engine))

    def _check(self, engine: Engine, plan: Plan, candidate: Generation) -> Prepared:
        """After all is filled, once: what came or changed past the log, after a restored backup for one."""
        engine.lock()
        live, indexed = reads.live_versions(), candidate.versions()
        plan.left = [each for each in _lacking(candidate) if each not in plan.failed]
        if gone := indexed.keys() - live.keys():
            engine.write([], published.read(sorted(gone)).removed)
        plan.checked = True
        return Prepared(left=len(plan.left) + 1, ready=_in_use(engine))

    def _decide(self, engine: Engine, plan: Plan, candidate: Generation, row: Row) -> Prepared:
        remembered = row.memory.get("scores", {})
        verdict = gate.judge(engine, candidate, list(candidate.versions()), remembered)
        plan.judged = True
        result = {
            "at": timezone.now().isoformat(timespec="seconds"),
            "generation": plan.candidate,
            "passed": verdict.passed,
            "forced": row.asked == FORCE,
            "text": verdict.text,
        }
        if verdict.passed or row.asked == FORCE or not _in_use(engine):  # worse answers are better than none
            engine.lock()
            engine.switch()
            self._plan = None
            level = logging.INFO if verdict.passed else logging.WARNING
            logger.log(level, "%s: switched to a new generation of the index: %s", self._consumer, verdict.text)
            self._answered(row, gate=result, scores=dict(verdict.now))
            return Prepared()
        warning = _warning(self._consumer, verdict)
        logger.error(warning)
        self._answered(row, gate=result)
        return Prepared(ready=_in_use(engine), warning=warning)

    def _measure(self, engine: Engine, row: Row, again: bool = False) -> None:
        """Keeps what the index in use is worth: once another analysis is in force, it can no longer be measured.

        again  even if there are no new queries
        """
        self._measured_at = time.monotonic()
        known = {} if again else row.memory.get("scores", {})
        if all(each.key in known for each in golden.questions()):
            return
        asked = golden.questions(engine.versions())
        if any(each.key not in known for each in asked):
            self._answered(row, scores=golden.measure(engine, asked))

    def _answered(self, row: Row, **memory: Any) -> None:
        """Writes down what was done of what was asked, unless something else was asked meanwhile."""
        Row.objects.filter(pk=row.pk).update(memory={**row.memory, **memory})
        Row.objects.filter(pk=row.pk, asked=row.asked).update(asked="")


def score(consumer: str) -> float | None:
    """nDCG@10 of an index on the golden queries, when it was last measured."""
    memory = Row.objects.filter(pk=consumer).values_list("memory", flat=True).first()
    scores = (memory or {}).get("scores")
    return golden.mean(scores) if scores else None


def _lacking(candidate: Generation) -> list[int]:
    there = candidate.versions()
    return sorted((id_ for id_, version in reads.live_versions().items() if there.get(id_) != version), reverse=True)


def _in_use(engine: Engine) -> bool:
    """Whether there is an index that answers and takes changes."""
    try:
        engine.state()
    except IndexMissing:
        return False
    return True


def _warning(consumer: str, verdict: Verdict) -> str:
    return WORSE % {"consumer": consumer, "verdict": verdict.text}
