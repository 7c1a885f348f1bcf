"""What suggestions cost while a visitor types: in process, over generated documents in an index that is thrown away.

    python -m tests.bench.suggest [--documents 100000] [--words 80] [--index FOLDER]

Words are as common as they are in Norwegian, and one in thirty is a compound that no list has: the vocabulary grows as
that of a real site. ``--index`` keeps the index and uses it again.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import wordfreq

from search.contract import Passage, SearchDocument, build
from search.tantivy_engine import TantivyEngine
from tests.bench.measure import load

SITE = 1
BATCH = 1_000
TITLE_WORDS = 5
COMPOUNDS = 0.03

TYPED: dict[str, Callable[[random.Random, str], str]] = {
    "one letter": lambda chance, word: word[:1],
    "two letters": lambda chance, word: word[:2],
    "three letters": lambda chance, word: word[:3],
    "four to eight letters": lambda chance, word: word[: chance.randint(4, 8)],
    "four to eight letters, one of them wrong": lambda chance, word: _misspelt(chance, word[: chance.randint(4, 8)]),
    "a word, then two letters": lambda chance, word: f"{word} {_word(chance)[:2]}",
    "a frequent word, then one letter": lambda chance, word: f"og {word[:1]}",
    "two words, then four letters": lambda chance, word: f"{word} {_word(chance)} {_word(chance)[:4]}",
    "letters that nothing begins with": lambda chance, word: f"qx{word[:4]}",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=80, help="of the text of each")
    parser.add_argument("--index", type=Path)
    parser.add_argument("--asked", type=int, default=100, help="times for each figure")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.index or Path(folder) / "index"
        engine = TantivyEngine(path)
        if not engine.is_current():
            start = time.perf_counter()
            build(engine, _batches(arguments.documents, arguments.words))
            print(f"{arguments.documents} documents indexed in {time.perf_counter() - start:.0f} s", file=sys.stderr)
        report(engine, arguments.asked)
        engine.close()


def report(engine: TantivyEngine, times: int) -> None:
    print(f"\n## Suggestions over {len(engine.versions()):,} documents (load {load()})\n")
    print("| typed | median ms | p95 ms | CPU ms, median | CPU ms, p95 | pages | completions |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    engine.suggest(SITE, "kommune", 8)
    for name, typed in TYPED.items():
        chance = random.Random(name)
        took, cpu, pages, completions = [], [], 0, 0
        for _ in range(times):
            text = typed(chance, _word(chance))
            start, used = time.perf_counter(), time.process_time()
            found = engine.suggest(SITE, text, 8)
            took.append(1000 * (time.perf_counter() - start))
            cpu.append(1000 * (time.process_time() - used))
            pages += len(found.pages)
            completions += len(found.completions)
        took.sort()
        cpu.sort()
        middle, most = times // 2, int(times * 0.95)
        print(
            f"| {name} | {took[middle]:.1f} | {took[most]:.1f} | {cpu[middle]:.1f} | {cpu[most]:.1f} | "
            f"{pages / times:.1f} | {completions / times:.1f} |"
        )


def _batches(documents: int, words: int) -> Iterator[list[SearchDocument]]:
    for first in range(0, documents, BATCH):
        yield [_document(number, words) for number in range(first, min(first + BATCH, documents))]


def _document(number: int, words: int) -> SearchDocument:
    chance = random.Random(number)
    title = _text(chance, TITLE_WORDS)
    moment = datetime(2026, 1, 1, tzinfo=UTC) - timedelta(hours=number)
    return SearchDocument(
        id=number + 1,
        version=1,
        site=SITE,
        type="news-article",
        language="nb",
        path=f"/{number}/",
        title=title,
        sort_title=title.lower(),
        passages=(Passage("body", _text(chance, words)),),
        keys={},
        published=moment,
        starts=moment,
        ends=moment,
    )


def _text(chance: random.Random, words: int) -> str:
    drawn = chance.choices(_WORDS, cum_weights=_WEIGHTS, k=words)
    return " ".join(_word(chance) + _word(chance) if chance.random() < COMPOUNDS else word for word in drawn)


def _word(chance: random.Random) -> str:
    """One that a visitor might type: neither among the commonest nor among the rarest."""
    return chance.choice(_USUAL)


def _misspelt(chance: random.Random, text: str) -> str:
    at = chance.randrange(1, len(text))
    return text[:at] + chance.choice("aeinrst") + text[at + chance.randint(0, 1) :]


_WORDS = [word for word in wordfreq.top_n_list("nb", 300_000) if word.isalpha()]
_WEIGHTS = list(accumulate(wordfreq.word_frequency(word, "nb") for word in _WORDS))
_USUAL = [word for word in _WORDS[200:20_000] if len(word) >= 5]


if __name__ == "__main__":
    main()
