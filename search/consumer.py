"""Keeps an index in step with the documents: a consumer of the log of changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from cms.publishing import reads
from cms.publishing.consumers import Drift, Prepared, Unavailable
from search import published, service
from search.contract import Engine, EngineUnavailable, IndexMissing
from search.rebuild import Rebuild

logger = logging.getLogger(__name__)


class IndexConsumer:
    """Changes only say where to look: what is indexed is the state that the documents have now."""

    def __init__(self, name: str = "search", engine: Callable[[], Engine] = service.engine) -> None:
        self.name = name
        self._engine = engine
        self._rebuild = Rebuild(name)

    def prepare(self) -> Prepared:
        """A step towards an index made by today's rules, where there is none; see ``search.rebuild``."""
        return self._rebuild.step(self._engine())

    def apply(self, document_ids: Sequence[int]) -> Mapping[int, str]:
        engine = self._engine()
        # First the lock, then the reading: so nobody with an older reading can write after us.
        engine.lock()
        batch = published.read(document_ids)
        written = engine.write(batch.documents, batch.removed)
        failed = {**batch.broken, **written.failed}
        if written.outdated:
            # From before the database was restored; unless this process slept, and another one took over and wrote.
            # So what is put back is what the database has now.
            logger.warning("The index is ahead of the documents %s; going back", sorted(written.outdated))
            now = published.read(sorted(written.outdated))
            failed |= {**now.broken, **engine.write(now.documents, now.removed, force=True).failed}
        return failed

    def compare(self) -> Drift:
        live = reads.live_versions()
        try:
            indexed = self._engine().versions()
        except IndexMissing:
            indexed = {}
        except EngineUnavailable as error:
            raise Unavailable(str(error)) from error
        return Drift(
            missing=set(live) - set(indexed),
            stale={each for each in set(live) & set(indexed) if live[each] != indexed[each]},
            ghost=set(indexed) - set(live),
        )

    def close(self) -> None:
        """Lets another process write."""
        self._engine().close()
