"""What a package says of the site as a whole: the shape of /site/, and the menu in the footer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.models import Site

from cms.content.context import Context
from cms.content.kinds import PageSummary
from cms.content.kinds.table import kind_of
from cms.content.packages.faults import Faults
from cms.content.packages.references import References
from cms.content.site_settings import SiteSettings
from cms.plugins.spec import Expose


class PageLink(PageSummary):
    """A page chosen for the whole site, as a link: {url: "page:/personvern/"}."""

    def to_package(self, page: Any, source: str, context: Context) -> Any:
        path = super().to_package(page, source, context)
        return {"url": f"page:{path}"} if path else None


FIELDS = (
    Expose("name"),
    Expose("social"),
    Expose("footer"),
    Expose("footer_menu"),
    Expose("accessibility_statement", kind=PageLink()),
    Expose("privacy", kind=PageLink()),
)
CONTACT = tuple(
    Expose(name, source=source)
    for name, source in (
        ("name", "contact_name"),
        ("address", "contact_address"),
        ("email", "contact_email"),
        ("phone", "contact_phone"),
        ("organisation_number", "organisation_number"),
    )
)
DERIVED = {"locales", "default_locale"}


def pack(settings: SiteSettings, context: Context) -> dict[str, Any]:
    packed = _pack(settings, FIELDS, context)
    return {"name": packed.pop("name"), "contact": _pack(settings, CONTACT, context), **packed}


def _pack(settings: SiteSettings, fields: tuple[Expose, ...], context: Context) -> dict[str, Any]:
    return {field.name: kind_of(SiteSettings, field).to_package(settings, field.attribute, context) for field in fields}


def check(data: Any, loader: References) -> None:
    if not isinstance(data, dict):
        loader.fault(f"expected an object, got {data!r}")
        return
    _check(data, FIELDS, {"contact", *DERIVED}, loader)
    contact = data.get("contact", {})
    with loader.at("contact"):
        if isinstance(contact, dict):
            _check(contact, CONTACT, set(), loader)
        else:
            loader.fault(f"expected an object, got {contact!r}")


def _check(data: dict[str, Any], fields: tuple[Expose, ...], others: set[str], loader: References) -> None:
    known = {field.name for field in fields} | others
    for unknown in sorted(set(data) - known):
        with loader.at(unknown):
            loader.fault(f"unknown key; known are {', '.join(sorted(known))}")
    for field in fields:
        if field.name in data:
            with loader.at(field.name):
                kind_of(SiteSettings, field).parse(data[field.name], loader)


def write(site: Site, data: dict[str, Any], loader: References, faults: Faults, context: Context) -> bool:
    """Saves the settings if the package says something else than they do; True when it did."""
    settings = SiteSettings.for_site(site)
    before = pack(settings, context)
    _assign(settings, data, FIELDS, loader)
    with loader.at("contact"):
        _assign(settings, data.get("contact", {}), CONTACT, loader)
    try:
        settings.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            with faults.at(name):
                faults.fault(" ".join(messages))
        return False
    if pack(settings, context) == before:
        return False
    settings.save()
    return True


def _assign(settings: SiteSettings, data: dict[str, Any], fields: tuple[Expose, ...], loader: References) -> None:
    blank = SiteSettings()
    for field in fields:
        kind = kind_of(SiteSettings, field)
        with loader.at(field.name):
            if field.name in data:
                kind.assign(settings, field.attribute, kind.parse(data[field.name], loader))
            else:
                column = SiteSettings._meta.get_field(field.attribute).attname
                setattr(settings, column, getattr(blank, column))
