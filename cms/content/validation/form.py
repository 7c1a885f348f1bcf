"""The editor's form: a draft saves with anything, publishing shows each stop at its place."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import BlockField

from cms.content.validation.errors import nest
from cms.content.validation.finding import Finding
from cms.content.validation.keep import Kept, keep, strictness
from cms.content.validation.page import stops

NEEDED = ("title", "slug")
"""What even a draft must have right."""


class PublishingForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: dict[str, Kept] = {}
        if "slug" in self.fields:
            self.fields["slug"].required = False  # made from the title
        if self.parent_page is not None and not self.instance.path:
            self.instance.future_parent = self.parent_page

    @property
    def _goes_live(self) -> bool:
        """Whether this request publishes, or asks somebody else to. To send a page back is neither."""
        rejects = self.data.get("action-workflow-action") and self.data.get("workflow-action-name") == "reject"
        return not (self.is_deferred_validation or rejects or self.data.get("action-cancel-workflow"))

    def full_clean(self) -> None:
        with strictness:
            super().full_clean()

    def _clean_fields(self) -> None:
        super()._clean_fields()
        for name in list(self._errors):
            field = self.fields.get(name)
            if isinstance(field, BlockField):
                self._keep_blocks(name, field)
            elif self.is_deferred_validation and isinstance(field, forms.CharField) and name not in NEEDED:
                self._keep_text(name, field)

    def _keep_blocks(self, name: str, field: Any) -> None:
        self._kept[name] = kept = keep(field.block, self[name].data)
        if self.is_deferred_validation:
            del self._errors[name]
            if kept.faults:
                self.add_error(name, nest(kept.faults))
            else:
                self.cleaned_data[name] = kept.value

    def _keep_text(self, name: str, field: forms.CharField) -> None:
        text = str(self[name].data or "").strip()
        if field.max_length is None or len(text) <= field.max_length:
            del self._errors[name]
            self.cleaned_data[name] = text

    def clean(self) -> Any:
        if self.instance.pk is None and self.cleaned_data.get("slug"):
            self.cleaned_data["slug"] = self._free(self.cleaned_data["slug"])
        return super().clean()

    def _free(self, slug: str) -> str:
        """The editor's browser makes a new page's slug from its title, and knows nothing of the other pages."""
        candidates = (slug if n == 1 else f"{slug}-{n}" for n in count(1))
        return next(each for each in candidates if self.instance._slug_is_available(each, self.parent_page))

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After an autosave: the open page learns the slug that the page got."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        return [*updates, ("slug", self.instance.slug)] if "slug" in self.fields else updates

    def _get_validation_exclusions(self) -> set[str]:
        exclude = super()._get_validation_exclusions()
        if self.is_deferred_validation:
            exclude |= {name for name, field in self.fields.items() if isinstance(field, forms.CharField)} - {*NEEDED}
        return exclude

    def _post_clean(self) -> None:
        super()._post_clean()
        if self._goes_live:
            for name, kept in self._kept.items():
                setattr(self.instance, name, kept.value)
            self._add_stops(stops(self.instance))

    def _add_stops(self, found: list[Finding]) -> None:
        by_field: defaultdict[Any, list[Finding]] = defaultdict(list)
        for each in found:
            by_field[each.place[0]].append(Finding(each.place[1:], each.grade, each.message))
        for name, group in by_field.items():
            if isinstance(self.fields.get(name), BlockField):
                self._add_block_stops(name, group)
            elif name not in self.fields:
                self.add_error(None, [each.message for each in group])
            elif name not in self._errors:
                self.add_error(name, [each.message for each in group])

    def _add_block_stops(self, name: str, group: list[Finding]) -> None:
        """One error holds everything of a StreamField: the form shows only the first."""
        faults = self._kept[name].faults if name in self._kept else []
        faulty = {each.place for each in faults}
        self._errors.pop(name, None)
        self.add_error(name, nest([*faults, *(each for each in group if each.place not in faulty)]))
