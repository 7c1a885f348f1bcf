"""Keeps the index in step with the documents: a consumer of the log of changes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence

from cms.publishing import reads
from cms.publishing.consumers import Drift
from search import published, service
from search.contract import Engine, IndexMissing, SearchDocument, build

logger = logging.getLogger(__name__)


class IndexConsumer:
    """Changes only say where to look: what is indexed is the state that the documents have now."""

    name = "search"

    def prepare(self) -> Mapping[int, str]:
        """Builds the index where there is none, or where other rules made it."""
        engine = service.engine()
        return {} if engine.is_current() else _build(engine)

    def apply(self, document_ids: Sequence[int]) -> Mapping[int, str]:
        engine = service.engine()
        # First the lock, then the reading: so nobody with an older reading can write after us.
        engine.lock()
        batch = published.read(document_ids)
        written = engine.write(batch.documents, batch.removed)
        failed = {**batch.broken, **written.failed}
        if written.outdated:
            # Nobody else writes, so a newer version in the index is from before the database was restored.
            logger.warning("The index is ahead of the documents %s; going back", sorted(written.outdated))
            failed |= engine.write(
                [each for each in batch.documents if each.id in written.outdated],
                {id_: version for id_, version in batch.removed.items() if id_ in written.outdated},
                force=True,
            ).failed
        return failed

    def compare(self) -> Drift:
        live = reads.live_versions()
        try:
            indexed = service.engine().versions()
        except IndexMissing:
            indexed = {}
        return Drift(
            missing=set(live) - set(indexed),
            stale={each for each in set(live) & set(indexed) if live[each] != indexed[each]},
            ghost=set(indexed) - set(live),
        )

    def close(self) -> None:
        """Lets another process write."""
        service.engine().close()


def _build(engine: Engine) -> Mapping[int, str]:
    """Indexes everything; returns what could not be."""
    logger.info("Building the search index")
    broken: dict[int, str] = {}

    def batches() -> Iterator[Sequence[SearchDocument]]:
        for batch in published.read_all():
            broken.update(batch.broken)
            yield batch.documents

    engine.lock()  # before the first document is read
    failed = build(engine, batches())
    return {**broken, **failed}
