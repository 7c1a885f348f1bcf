"""Whether a new generation of the index may replace the one in use: not when it answers golden queries worse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search import golden
from search.contract import Engine, Generation, IndexMissing
from search.golden import Question

TOLERANCE = 0.02
"""How much the mean nDCG@10 may fall: new pages, and ties that stand otherwise, move it a little."""
WORST = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was measured: nDCG@10 of the candidate, and of the index in use, by query.

    before  of those queries that are known for both; empty where there is nothing to compare with
    """

    now: Mapping[str, float]
    before: Mapping[str, float]

    @property
    def passed(self) -> bool:
        return self._mean_now >= self._mean_before - TOLERANCE

    @property
    def text(self) -> str:
        if not self.now:
            return "no golden query has its pages here: nothing was measured"
        if not self.before:
            return f"nDCG@10 {golden.mean(self.now):.3f} on {len(self.now)} golden queries; nothing to compare with"
        told = (
            f"nDCG@10 {self._mean_now:.3f} on {len(self.before)} golden queries, "
            f"before {self._mean_before:.3f} ({TOLERANCE} less is tolerated)"
        )
        worse = sorted((self.now[key] - before, key) for key, before in self.before.items() if self.now[key] < before)
        if worse:
            shown = [
                f"“{key.partition(' ')[2]}” {self.before[key]:.2f} → {self.now[key]:.2f}" for _, key in worse[:WORST]
            ]
            told += f"; worse: {', '.join(shown)}" + (f" and {len(worse) - WORST} more" if len(worse) > WORST else "")
        return told

    @property
    def _mean_now(self) -> float:
        return golden.mean({key: self.now[key] for key in self.before})

    @property
    def _mean_before(self) -> float:
        return golden.mean(self.before)


def judge(engine: Engine, candidate: Generation, indexed: Sequence[int], remembered: Mapping[str, float]) -> Verdict:
    """``indexed``: ids of the candidate. ``remembered``: what was measured of the index in use when it was new.

    An index that another analysis made cannot be asked by today's: what it was worth is what is remembered.
    """
    asked = golden.questions(indexed)
    now = golden.measure(candidate, asked)
    before = _of_current(engine, asked) if _is_current(engine) else remembered
    return Verdict(now, {key: before[key] for key in now if key in before})


def _of_current(engine: Engine, asked: Sequence[Question]) -> Mapping[str, float]:
    there = {str(each) for each in engine.versions()}
    return golden.measure(engine, [each for each in asked if each.judged.relevant <= there])


def _is_current(engine: Engine) -> bool:
    try:
        return engine.is_current()
    except IndexMissing:
        return False
