"""``tantivy:`` is an index in the data folder, ``memory:`` one that lives as long as the process, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from search.contract import Engine
from search.tantivy_engine.engine import TantivyEngine

URLS = ("tantivy:", "memory:")


def engine(url: str) -> Engine:
    _check(url)
    return TantivyEngine(settings.FORMIDLE_DATA / "index" if url == "tantivy:" else None)


@contextmanager
def throw_away(url: str) -> Iterator[Engine]:
    _check(url)
    with TemporaryDirectory(prefix="formidle-index-") as folder:
        made = TantivyEngine(Path(folder) if url == "tantivy:" else None)
        try:
            yield made
        finally:
            made.close()


def _check(url: str) -> None:
    if url not in URLS:
        raise ValueError(f"nothing follows {url.partition(':')[0]}:")
