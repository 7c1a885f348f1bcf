"""What a plugin or one of its types declares, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from django.conf import settings
from django.utils import translation

from cms.content.kinds.table import kind_of
from cms.content.shape_types import schema
from cms.plugins import registry
from cms.plugins.contract import Plugin
from cms.plugins.listing import aligned
from cms.plugins.registry import ContentType
from cms.plugins.tools import json_types

FIELD_HEADINGS = ("KEY", "SOURCE", "KIND", "JSON", "LISTS", "SEARCH", "FILTERS", "FACETS")


def explain(name: str) -> str | None:
    """Of a plugin, or of a type by its name or plural; None when nothing is called so."""
    with translation.override("en"):
        plugin = next((each for each in registry.plugins() if each.name == name), None)
        if plugin:
            return "\n".join(_plugin(plugin))
        content_type = registry.content_types().get(name) or registry.by_plural(name)
        return "\n".join(_type(content_type)) if content_type else None


def _plugin(plugin: Plugin) -> Iterator[str]:
    found = next(each for each in settings.CMS_PLUGINS.found if each.name == plugin.name)
    yield f"Plugin {plugin.name}: {plugin.summary or 'no summary'}"
    yield from _facts(
        ("package", found.distribution),
        ("descriptor", found.value),
        ("app", plugin.app),
        ("contract", str(plugin.contract)),
        ("requires", ", ".join(plugin.requires)),
    )
    given = registry.setting_values(plugin.name)
    for name, value in asdict(registry.plugin_settings(plugin.name)).items() if plugin.settings else ():
        yield from _facts(("setting", f"{name} = {value!r}{'' if name in given else ' (default)'}"))
    for content_type in registry.content_types().values():
        if content_type.plugin is plugin:
            yield ""
            yield from _type(content_type)


def _type(content_type: ContentType) -> Iterator[str]:
    spec = content_type.spec
    yield f"Type {spec.type}: {content_type.model._meta.verbose_name} ({content_type.model._meta.label})"
    yield from _facts(
        ("plugin", content_type.plugin.name),
        ("URLs", f"/api/v1/{spec.plural}/"),
        ("dated by", " and ".join(spec.dates) if spec.dates else "its publishing"),
        ("schema.org", spec.schema_org),
        ("filters", ", ".join(sorted(spec.filters))),
        ("facets", ", ".join(spec.facets)),
    )
    yield from (f"  {line}" for line in aligned([FIELD_HEADINGS, *_fields(content_type)]))


def _facts(*facts: tuple[str, str]) -> Iterable[str]:
    return (f"  {label:<12}{value}" for label, value in facts if value)


def _fields(content_type: ContentType) -> Iterator[tuple[str, ...]]:
    for expose in content_type.spec.fields:
        kind = kind_of(content_type.model, expose)
        yield (
            expose.name,
            expose.attribute,
            type(kind).__name__,
            _shape_text(kind.shape()),
            "yes" if expose.summary else "",
            f"{expose.search:g}" if expose.search else "",
            ", ".join(expose.filters),
            ", ".join(expose.facets),
        )


def _shape_text(shape: object) -> str:
    text = json_types.described(schema(shape, {}))
    return text if len(text) <= 60 else text[:59] + "…"
