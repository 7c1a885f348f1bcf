"""Writes pages as an editor would: into the tree, as revisions, published. What is as it should be is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.models import Page

from cms.content.context import Context
from cms.content.packages import page_fields
from cms.content.packages.comparison import same
from cms.content.packages.faults import Fault, Faults
from cms.content.packages.page_entries import PageEntry
from cms.content.packages.page_places import place_of
from cms.content.packages.references import References
from cms.content.validation import PublishingStopped, findings


@dataclass(slots=True)
class Written:
    """Paths by what became of them."""

    published: list[str] = field(default_factory=list)
    drafted: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


class PageWriter:
    def __init__(self, loader: References, faults: Faults, context: Context, publish: bool) -> None:
        self.written = Written()
        self.warnings: list[Fault] = []
        self._loader = loader
        self._faults = faults
        self._context = context
        self._publish = publish

    def write(self, entry: PageEntry, page_id: int, new: bool) -> None:
        """Brings one page to what its entry says. ``new``: it was made for this entry and holds nothing yet."""
        if not new and (entry.placeholder or entry.index is None):
            return
        publish = self._publish and not entry.placeholder
        page = Page.objects.get(pk=page_id).specific
        if not new and not (publish and page.live):
            page = page.get_latest_revision_as_object()
        before = self._packed(entry, page)
        place: list[str | int] = [] if entry.index is None else ["pages", entry.index]
        with self._faults.from_top(*place):
            self._assign(entry, page)
            changed = new or not same(self._packed(entry, page), before)
            if not changed and (page.live or not publish):
                self.written.unchanged.append(entry.path)
            elif not publish or self._may_be_published(entry, page):
                self._save(entry, page, new, changed, publish)

    def _packed(self, entry: PageEntry, page: Any) -> dict[str, Any]:
        return {
            **page_fields.pack(entry.content_type, page, self._context),
            "first_published_at": page.first_published_at,
        }

    def _assign(self, entry: PageEntry, page: Any) -> None:
        page_fields.assign(entry.content_type, page, entry.data, self._loader)
        if entry.first_published_at:
            page.first_published_at = entry.first_published_at
        page.minimal_clean()  # the language of the page above, where the package names none

    def _may_be_published(self, entry: PageEntry, page: Any) -> bool:
        """Faults for what stops an editor too, warnings for what only warns."""
        found = findings(page)
        for each in found:
            with self._faults.at(*place_of(entry.content_type, each.place)):
                if each.grade == "stop":
                    self._faults.fault(each.message)
                else:
                    self.warnings.append(self._faults.here(each.message))
        return not any(each.grade == "stop" for each in found)

    def _save(self, entry: PageEntry, page: Any, new: bool, changed: bool, publish: bool) -> None:
        try:
            if new and not publish:
                page.save()  # an editor's draft has its content in its row too
            revision = None if changed else page.latest_revision
            revision = revision or page.save_revision(clean=False, log_action=True)
            if publish:
                revision.publish()
        except PublishingStopped as error:
            for each in error.findings:
                with self._faults.at(*place_of(entry.content_type, each.place)):
                    self._faults.fault(each.message)
        except ValidationError as error:
            for message in error.messages:
                self._faults.fault(message)
        else:
            (self.written.published if publish else self.written.drafted).append(entry.path)
