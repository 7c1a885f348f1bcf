"""All findings of a page, and the refusal to publish one that has stops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.content.validation.errors import flatten
from cms.content.validation.finding import Finding, stop
from cms.content.validation.keep import strictness
from cms.content.validation.walk import block_findings, rich_text_findings


class PublishingStopped(ValidationError):
    """A page that must not go live as it is."""

    def __init__(self, page: Any, found: list[Finding]) -> None:
        self.page = page
        self.findings = found
        super().__init__([f"{each.path}: {each.message}" for each in found])


def findings(page: Any) -> list[Finding]:
    """Stops and warnings, field by field; then what the type's own ``findings`` method says."""
    return [*_title(page), *_fields(page), *page.findings()]


def stops(page: Any) -> list[Finding]:
    return [found for found in findings(page) if found.grade == "stop"]


def refuse_stops(page: Any) -> None:
    """Raises PublishingStopped unless the page may go live."""
    if found := stops(page):
        raise PublishingStopped(page, found)


def _title(page: Any) -> Iterator[Finding]:
    if not page.title.strip():
        yield stop(_("Give the page a title."), "title")


def _fields(page: Any) -> Iterator[Finding]:
    """Fields that a content type adds to Wagtail's page."""
    inherited = {field.name for field in Page._meta.get_fields()}
    for field in page._meta.fields:
        if field.name in inherited or field.name == "page_ptr":
            continue
        value = getattr(page, field.attname)
        for found in _field(page, field, value):
            yield found.within(field.name)


def _field(page: Any, field: Any, value: Any) -> Iterator[Finding]:
    try:
        if isinstance(field, StreamField):
            with strictness:
                field.stream_block.clean(value)
        elif value not in field.empty_values:
            field.clean(value, page)
        elif not field.blank:
            yield stop(_("This field is required."))
    except ValidationError as error:
        yield from flatten(error)
    if isinstance(field, StreamField):
        yield from block_findings(field.stream_block, value)
    elif isinstance(field, RichTextField):
        yield from rich_text_findings(value)
