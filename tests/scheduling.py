"""Which of xdist's processes runs what, and when: `pytest -n 2`."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

TOGETHER = ("tests/contract/", "tests/integration/leaks/everything/")
"""Folders whose files share what takes long to make."""


class Scheduling(LoadScopeScheduling):
    """The tests of a file stay in one process, as they share what its fixtures made; those of some folders as well.

    Given out in the order in which they were collected.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return next((folder for folder in TOGETHER if file.startswith(folder)), file)
