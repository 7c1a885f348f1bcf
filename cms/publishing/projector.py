"""Works off the notes: builds documents, writes each in one short transaction, notes who must follow."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, Page

from cms.content.images import renditions
from cms.content.images.models import ContentImage
from cms.publishing import redirects, sites, store
from cms.publishing.build import build
from cms.publishing.lease import Holder
from cms.publishing.models import Dependency, Document, Note
from cms.publishing.notes import Priority, note, note_all, retry_later
from cms.publishing.public import Publicness, path_of

logger = logging.getLogger(__name__)

BATCH = 50


@dataclass(slots=True)
class Work:
    """All notes waiting for one target."""

    target: str
    priority: int
    attempts: int = 0
    ids: list[int] = field(default_factory=list)


class Projector:
    """``step()`` until it returns 0. ``lease`` None: the caller knows that it is alone, as in tests."""

    def __init__(self, lease: Holder | None = None) -> None:
        self.lease = lease

    def step(self) -> int:
        """Works off the next batch of notes, direct edits first; returns how many targets it took on."""
        work = _next()
        if not work:
            return 0
        publicness = Publicness()
        for each in work:
            self._handle(each, publicness)
            if each.priority != Priority.DIRECT and _direct_waiting():
                break
        return len(work)

    def drain(self) -> int:
        """Works until nothing is due; returns the number of targets."""
        done = 0
        while taken := self.step():
            done += taken
        return done

    def _handle(self, work: Work, publicness: Publicness) -> None:
        kind, _, argument = work.target.partition(":")
        try:
            if kind == "page":
                self._page(int(argument), work, publicness)
            else:
                self._commit(work, lambda: _expand(kind, argument, work, publicness))
        except Exception as error:
            if transaction.get_connection().in_atomic_block:
                raise
            logger.exception("Could not publish %s", work.target)
            retry_later(work.ids, work.attempts + 1, f"{type(error).__name__}: {error}")

    def _page(self, page_id: int, work: Work, publicness: Publicness) -> None:
        page = Page.objects.filter(pk=page_id).first()
        specific = page.specific if page else None
        if specific is None or not publicness.is_public(specific):
            self._commit(work, lambda: self._follow(store.remove(page_id), page_id, work, publicness))
            return
        built = build(specific, publicness)  # outside the transaction: it may take long
        self._commit(work, lambda: self._follow(store.write(built), page_id, work, publicness))

    def _follow(self, outcome: store.Outcome, page_id: int, work: Work, publicness: Publicness) -> None:
        pages = {f"page:{each}" for each in outcome.pages | _dependent(outcome.affected)} - {f"page:{page_id}"}
        if outcome.tree_moved:
            pages |= {f"page:{each}" for each in _misplaced(page_id, publicness)}
        note_all(sorted(pages), f"follows {work.target}", max(work.priority, Priority.FAN_OUT))
        if outcome.navigation:
            note_all([f"site:{site.id}" for site in publicness.sites], f"follows {work.target}", Priority.FAN_OUT)
        if outcome.changed and (found := redirects.redirects_to(page_id)):
            note_all([f"redirect:{each}" for each in found], f"follows {work.target}", Priority.FAN_OUT)

    def _commit(self, work: Work, action: Callable[[], object]) -> None:
        with transaction.atomic():
            if self.lease:
                self.lease.check()
            action()
            Note.objects.filter(pk__in=work.ids).delete()


def _next() -> list[Work]:
    due = (
        Note.objects.filter(due_at__lte=timezone.now())
        .exclude(priority=Priority.RENDITIONS)
        .order_by("priority", "pk")
        .values_list("target", flat=True)[:BATCH]
    )
    targets = list(dict.fromkeys(due))
    # every note of the target, of any priority, is answered by the same build; their ids are read before it starts
    work = {target: Work(target, Priority.REBUILD) for target in targets}
    for pk, target, priority, attempts in Note.objects.filter(target__in=targets).values_list(
        "pk", "target", "priority", "attempts"
    ):
        each = work[target]
        each.ids.append(pk)
        each.priority = min(each.priority, priority)
        each.attempts = max(each.attempts, attempts)
    return [each for each in work.values() if each.ids]


def _direct_waiting() -> bool:
    return Note.objects.filter(priority=Priority.DIRECT, due_at__lte=timezone.now()).exists()


def _dependent(keys: Iterable[str]) -> set[int]:
    return set(Dependency.objects.filter(key__in=list(keys)).values_list("document_id", flat=True))


def _expand(kind: str, argument: str, work: Work, publicness: Publicness) -> None:
    """Turns a note on something else into notes on pages, or acts on it."""
    if kind == "site":
        sites.publish_site(int(argument), publicness)
        return
    if kind == "redirect":
        redirects.publish_redirect(int(argument), publicness)
        return
    if kind == "subtree":
        targets = _subtree(int(argument))
        priority = Priority.DIRECT if len(targets) <= BATCH else Priority.FAN_OUT
    elif kind == "all":
        targets = set(Page.objects.filter(live=True, depth__gt=1).values_list("pk", flat=True))
        targets |= set(Document.objects.filter(removed_at=None).values_list("pk", flat=True))
        priority = Priority.REBUILD
    elif kind == "collection":
        targets = _dependent(_media_keys(int(argument)))
        priority = Priority.FAN_OUT
    else:
        targets = _dependent([work.target])
        priority = Priority.FAN_OUT
        if kind == "document":
            note_all([f"site:{site.id}" for site in publicness.sites], work.target, Priority.FAN_OUT)
    note_all([f"page:{each}" for each in sorted(targets)], f"follows {work.target}", priority)


def _subtree(page_id: int) -> set[int]:
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return set()
    live = Page.objects.filter(path__startswith=page.path, live=True).values_list("pk", flat=True)
    known = Document.objects.filter(removed_at=None, tree_path__startswith=page.path).values_list("pk", flat=True)
    return set(live) | set(known) | {page_id}


def _misplaced(page_id: int, publicness: Publicness) -> list[int]:
    """Live pages below whose documents are not where the pages are."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return []
    site = publicness.site_of(page)
    below = list(Page.objects.descendant_of(page).filter(live=True).only("pk", "path", "url_path").order_by("path"))
    stored = dict(Document.objects.filter(pk__in=[each.pk for each in below]).values_list("pk", "path"))
    return [each.pk for each in below if site is None or stored.get(each.pk) != path_of(each, site)]


def _media_keys(collection_id: int) -> list[str]:
    collection = Collection.objects.filter(pk=collection_id).first()
    if collection is None:
        return []
    from wagtail.documents import get_document_model

    keys = []
    for model, name in ((ContentImage, "image"), (get_document_model(), "document")):
        ids = model.objects.filter(collection__path__startswith=collection.path).values_list("pk", flat=True)
        keys += [f"{name}:{each}" for each in ids]
    return keys


def make_renditions() -> int:
    """Works off one image's renditions; returns how many notes are done. Its pages are built again afterwards."""
    found = (
        Note.objects.filter(priority=Priority.RENDITIONS, due_at__lte=timezone.now())
        .order_by("pk")
        .values_list("target", flat=True)
        .first()
    )
    if found is None:
        return 0
    rows = list(Note.objects.filter(target=found).values_list("pk", "attempts"))
    ids = [pk for pk, _ in rows]
    image = ContentImage.objects.filter(pk=int(found.partition(":")[2])).first()
    try:
        made = renditions.make(image, renditions.all_specs(image)) if image else 0
    except Exception as error:
        logger.warning("Could not make the renditions of %s: %s", found, error)
        retry_later(ids, max(attempts for _, attempts in rows) + 1, f"{type(error).__name__}: {error}")
        return 1
    with transaction.atomic():
        if image and made:
            note(f"image:{image.pk}", "renditions made", Priority.FAN_OUT)
        Note.objects.filter(pk__in=ids).delete()
    return len(ids)
