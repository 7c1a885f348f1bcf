"""What the site sends by itself: messages of webhooks, and tags of purges."""

from __future__ import annotations

from typing import Any

import pytest

from cms.delivery.webhooks import events
from cms.publishing import cache_tags, reads

pytestmark = pytest.mark.slow


@pytest.fixture
def log(corpus) -> list[reads.ChangeRow]:
    found = reads.changes(reads.site_for_host("localhost").id, 0, 10_000)
    assert {"published", "updated", "removed", "site"} <= {row.kind for row in found}
    return found


def test_webhooks_tell_nothing_hidden(corpus, log):
    origins = events.Origins()
    for row in log:
        sent: Any = events.of_change(row, reads.epoch(), origins)
        found = corpus.secret.found(str(sent).encode()) - corpus.old_slugs
        assert not corpus.secret.named(found), row


def test_purges_name_nothing_hidden(corpus, log):
    for row in log:
        tags = cache_tags.tags_of_change(
            kind=row.kind, site_id=row.site_id, id=row.id, type=row.type, path=row.path, previous_path=row.previous_path
        )
        assert not corpus.secret.found(" ".join(tags).encode()) - corpus.old_slugs
