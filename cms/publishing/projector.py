"""Works off the notes: builds documents, writes each in one short transaction, notes who must follow."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from wagtail.models import Page

from cms.publishing import expand, followers, projection, redirects, sites, store, work
from cms.publishing.batch import Batch
from cms.publishing.build import build
from cms.publishing.failpoint import failpoint
from cms.publishing.lease import Holder, LeaseLost, writing
from cms.publishing.models import Note
from cms.publishing.notes import Priority, note_all, retry_later
from cms.publishing.public import Publicness
from cms.publishing.rendition_maker import make_renditions
from cms.publishing.stored import links
from cms.publishing.work import Work

__all__ = ["Projector", "make_renditions"]

logger = logging.getLogger(__name__)

CHUNK = 100
"""Notes written in one transaction: editors wait for it."""

LOOK_SECONDS = 0.05
"""How often a rebuild looks whether a direct edit waits."""


class Superseded(Exception):
    """While a page was built, it was edited or pages were closed: what was built may mix the two states.

    Its notes are left, so that it is built again; hidden text of the one state is never written as public in the other.
    """


class Reading(NamedTuple):
    """What is known to the builds of one batch: of all pages, and the pages themselves."""

    publicness: Publicness
    batch: Batch
    pages: dict[int, Any]


class Projector:
    """``step()`` until it returns 0. ``lease`` None: the caller knows that it is alone, as in tests."""

    def __init__(self, lease: Holder | None = None) -> None:
        self.lease = lease
        self._begun = False
        self._finished = False
        self._done: list[int] = []
        """Notes on pages whose documents are as they should be; they go with the next write."""

    def step(self) -> int:
        """Works off the next batch of notes, direct edits first; returns how many targets it took on."""
        if not self._begun:
            projection.begin(self.lease)
            self._begun = True
        batch = work.next_work()
        if not batch:
            self._finished = self._finished or projection.finish(self.lease)
            return 0
        failpoint("claimed")
        try:
            return self._work_off(batch)
        finally:
            self._forget_done()

    def drain(self) -> int:
        """Works until nothing is due; returns the number of targets."""
        done = 0
        while taken := self.step():
            done += taken
        return done

    def _work_off(self, works: list[Work]) -> int:
        batch = Batch(int(each.argument) for each in works if each.kind == "page")
        reading = Reading(Publicness(), batch, batch.pages())
        looked = time.monotonic()
        for done, each in enumerate(works, 1):
            try:
                self._handle(each, reading)
            except Superseded:
                return done
            if each.priority != Priority.DIRECT and time.monotonic() - looked > LOOK_SECONDS:
                if work.direct_waits():
                    return done
                looked = time.monotonic()
        return len(works)

    def _handle(self, each: Work, reading: Reading) -> None:
        try:
            self._act(each, reading)
        except (LeaseLost, Superseded):
            raise
        except Exception as error:
            logger.exception("Could not publish %s", each.target)
            retry_later(each.ids, each.priority, each.attempts + 1, f"{type(error).__name__}: {error}")

    def _act(self, each: Work, reading: Reading) -> None:
        match each.kind:
            case "page":
                self._page(int(each.argument), each, reading)
            case "site":
                self._site(int(each.argument), each, reading.publicness)
            case "redirect":
                with self._writing(each):
                    redirects.publish_redirect(int(each.argument), reading.publicness)
            case _:
                self._spread(each, reading.publicness)

    def _page(self, page_id: int, each: Work, reading: Reading) -> None:
        specific = reading.pages.pop(page_id, None)
        if specific is None or not reading.publicness.is_public(specific):
            self._remove(page_id, each, reading.batch)
            return
        # outside the transaction: it may take long
        built = build(specific, reading.publicness, batch=reading.batch)
        found = store.difference(built, reading.batch)
        failpoint("built")
        if not found and not found.labels:
            self._done += each.ids
            return
        following = sorted(followers.of_publishing(found))
        with self._writing(each):
            if work.came_meanwhile(each) or not reading.publicness.still_holds():
                raise Superseded
            store.write(found)
            reading.batch.written(found)
            live, place = found.live_before, (built.site.id, built.path)
            redirects.log_moved(page_id, (live.site_id, live.path) if live else None, place)
            note_all(following, f"follows {each.target}", max(each.priority, Priority.FAN_OUT))
            failpoint("written")

    def _remove(self, page_id: int, each: Work, batch: Batch) -> None:
        stored = batch.stored(page_id)
        live = stored.document if stored.document and stored.document.removed_at is None else None
        following = followers.of_removal(live, links(stored.dependencies)) if live else set()
        if not Page.objects.filter(pk=page_id).exists():
            following |= followers.of_deletion(page_id)
        with self._writing(each):
            if live:
                store.remove(live)
                batch.removed(live)
                redirects.log_moved(page_id, (live.site_id, live.path), None)
            elif stored.keys or stored.dependencies or stored.media:
                store.clear(page_id)
            note_all(sorted(following), f"follows {each.target}", max(each.priority, Priority.FAN_OUT))
            failpoint("written")

    def _site(self, site_id: int, each: Work, publicness: Publicness) -> None:
        built = sites.build_site(site_id, publicness)
        with self._writing(each):
            if projection.is_built():  # else all sites are published at the end of the first projection
                sites.write_site(built)

    def _spread(self, each: Work, publicness: Publicness) -> None:
        targets, priority = expand.targets(each, publicness)
        while len(targets) > CHUNK:
            with writing(self.lease):
                note_all(targets[:CHUNK], f"follows {each.target}", priority)
            targets = targets[CHUNK:]
        with self._writing(each):
            note_all(targets, f"follows {each.target}", priority)

    @contextmanager
    def _writing(self, each: Work) -> Iterator[None]:
        """A transaction that writes under the lease and takes the notes away; first, as new ones may be on the same."""
        with writing(self.lease):
            Note.objects.filter(pk__in=[*each.ids, *self._done]).delete()
            yield
        self._done.clear()

    def _forget_done(self) -> None:
        if self._done:
            with writing(self.lease):
                Note.objects.filter(pk__in=self._done).delete()
            self._done.clear()
