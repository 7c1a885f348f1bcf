"""What every plugin must be able to do, as tests that a plugin's own suite inherits."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Field
from django.utils import timezone, translation

from cms.content.kinds.table import kind_of
from cms.content.shape_types import texts
from cms.plugins import checks, loading, registry
from cms.plugins.contract import Plugin
from cms.plugins.registry import ContentType
from cms.plugins.spec import Expose
from cms.plugins.testing import pages
from cms.plugins.testing.json_check import differences

DESCRIPTOR_SCRIPT = """
import sys
from importlib.metadata import entry_points
[entry_point] = entry_points(group="cms.plugins", name=sys.argv[1])
entry_point.load()
print(*(name for name in sys.modules if name in ("django.db.models", "wagtail.models", "cms.content.pages")))
"""


@pytest.mark.django_db
class PluginConformance:
    """Subclass it, name the plugin, and give examples of each type.

    examples   {type: [entry of a content package]}: filled so that every key has a value in one of them
    unfilled   keys that no example can fill, as they show what publishing finds: {"section": {"children"}}
    """

    plugin: ClassVar[str]
    examples: ClassVar[Mapping[str, Sequence[Mapping[str, Any]]]] = {}
    unfilled: ClassVar[Mapping[str, set[str]]] = {}

    def test_descriptor_imports_no_models(self) -> None:
        command = [sys.executable, "-c", DESCRIPTOR_SCRIPT, self.plugin]
        result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        assert result.returncode == 0, result.stderr
        assert not result.stdout.split(), "the descriptor imports models"

    def test_declarations_have_no_problems(self) -> None:
        assert [str(each) for each in checks.problems() if each.plugin == self.plugin] == []

    def test_migrations_are_complete(self) -> None:
        for config in loading.configs(apps, self._plugin()):
            try:
                call_command("makemigrations", config.label, check=True, dry_run=True, verbosity=0)
            except SystemExit:
                pytest.fail(f"models and migrations differ: run manage.py makemigrations {config.label}")

    def test_every_field_can_be_edited(self) -> None:
        for content_type in self._types():
            shown = set(content_type.model.get_edit_handler().get_form_class().base_fields)
            for expose in content_type.spec.fields:
                field = _field(content_type, expose)
                if field is not None and field.editable:
                    assert field.name in shown, f"{content_type.name}: {field.name} is in none of its panels"

    def test_an_empty_page_has_its_json(self) -> None:
        for content_type in self._types():
            self._check_json(content_type, pages.make(content_type, {}))

    def test_every_type_has_examples(self) -> None:
        without = [content_type.name for content_type in self._types() if not self.examples.get(content_type.name)]
        assert not without, f"no examples of {', '.join(without)}: fill the attribute `examples`"

    def test_examples_have_the_declared_json(self) -> None:
        for content_type, example in self._examples():
            self._check_json(content_type, pages.make(content_type, example))

    def test_every_key_has_a_value_in_some_example(self) -> None:
        for content_type in self._types():
            details = self._details(content_type)
            for expose in content_type.spec.fields:
                if details and expose.name not in self.unfilled.get(content_type.name, ()):
                    filled = any(detail[expose.name] not in (None, "", [], {}) for detail in details)
                    assert filled, f"{content_type.name}.{expose.name} is empty in every example"

    def test_every_filter_finds_some_example(self) -> None:
        for content_type in self._types():
            built = [pages.built(pages.make(content_type, each)) for each in self.examples.get(content_type.name, ())]
            keys = [key for each in built for key in each.keys]
            for name in sorted(content_type.spec.filters - {"when"}) if built else ():
                found = [key for key in keys if key.field == name]
                assert found, f"{content_type.name}: no example has a value for the filter {name}"
                assert all(isinstance(key.value, str) and key.value and key.label for key in found), found

    def test_searched_fields_have_words(self) -> None:
        for content_type in self._types():
            details = self._details(content_type)
            for expose in content_type.spec.fields if details else ():
                if expose.search and expose.name not in self.unfilled.get(content_type.name, ()):
                    shape = kind_of(content_type.model, expose).shape()
                    words = [text for detail in details for text in texts(shape, detail[expose.name])]
                    assert words, f"{content_type.name}.{expose.name} is searched, but has no words to be found by"

    def test_what_is_exported_can_be_imported(self) -> None:
        for content_type, example in self._examples():
            page = pages.make(content_type, example)
            again = pages.make(content_type, pages.packed(content_type, page))
            before, after = pages.built(page).detail, pages.built(again).detail
            for expose in content_type.spec.fields:
                assert after[expose.name] == before[expose.name], f"{content_type.name}.{expose.name}"

    def test_a_page_is_built_the_same_twice(self) -> None:
        for content_type, example in self._examples():
            page = pages.make(content_type, example)
            first = pages.built(page)
            with translation.override("en"), timezone.override(UTC):
                assert pages.built(page) == first, content_type.name

    def _plugin(self) -> Plugin:
        found = [each for each in registry.plugins() if each.name == self.plugin]
        assert found, f"{self.plugin} is not installed, or not enabled; see manage.py plugins"
        return found[0]

    def _types(self) -> list[ContentType]:
        plugin = self._plugin()
        return [each for each in registry.content_types().values() if each.plugin is plugin]

    def _examples(self) -> Iterator[tuple[ContentType, Mapping[str, Any]]]:
        for content_type in self._types():
            for example in self.examples.get(content_type.name, ()):
                yield content_type, example

    def _details(self, content_type: ContentType) -> list[dict[str, Any]]:
        examples = self.examples.get(content_type.name, ())
        return [pages.built(pages.make(content_type, each)).detail for each in examples]

    def _check_json(self, content_type: ContentType, page: Any) -> None:
        detail = pages.built(page).detail
        for expose in content_type.spec.fields:
            found = differences(kind_of(content_type.model, expose).shape(), detail[expose.name])
            assert not found, "\n".join(f"{content_type.name}.{expose.name}{each}" for each in found)


def _field(content_type: ContentType, expose: Expose) -> Field[Any, Any] | None:
    """The model field that an Expose shows; None for kinds that make their value otherwise."""
    if not checks.has_attribute(content_type.model, Expose(expose.attribute)):
        return None
    return next((each for each in content_type.model._meta.get_fields() if each.name == expose.attribute), None)
