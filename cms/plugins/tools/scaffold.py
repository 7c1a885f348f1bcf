"""A new plugin as a package on disk, which passes its own tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from django.conf import settings
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter
from modelcluster.fields import ParentalManyToManyField

from cms.content.fields import BlocksField
from cms.content.pages import ContentPage
from cms.plugins.contract import CONTRACT_VERSION

TEMPLATES = Path(__file__).parents[1] / "scaffold"


@dataclass(frozen=True, slots=True)
class Names:
    """``plugin`` and ``type`` are lower-case words joined by hyphens, ``plural`` as well."""

    plugin: str
    type: str
    plural: str

    @property
    def package(self) -> str:
        return "formidle_" + self.plugin.replace("-", "_")

    @property
    def model(self) -> str:
        return "".join(word.capitalize() for word in self.type.split("-"))


def write(names: Names, folder: Path) -> list[Path]:
    """The files written, in ``folder``, which must not be there yet."""
    words = {
        "name": names.plugin,
        "distribution": f"formidle-{names.plugin}",
        "package": names.package,
        "type": names.type,
        "plural": names.plural,
        "model": names.model,
        "label": names.type.replace("-", " ").capitalize(),
        "words": names.type.replace("-", " "),
        "words_plural": names.plural.replace("-", " "),
        "contract": str(CONTRACT_VERSION),
    }
    package = names.package
    files = {
        "pyproject.toml": _filled("pyproject.toml", words),
        "README.md": _filled("README.md", words),
        f"{package}/__init__.py": "",
        f"{package}/plugin.py": _filled("plugin.py", words),
        f"{package}/apps.py": _filled("apps.py", words),
        f"{package}/models.py": _filled("models.py", words),
        f"{package}/migrations/__init__.py": "",
        f"{package}/migrations/0001_initial.py": _migration(names, words),
        "tests/test_conformance.py": _filled("test_conformance.py", words),
    }
    folder.mkdir(parents=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def _filled(template: str, words: Mapping[str, str]) -> str:
    return Template((TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")).substitute(words)


def _migration(names: Names, words: Mapping[str, str]) -> str:
    """What makemigrations would write for the model of the template; the package is not installed yet."""
    page = models.OneToOneField(
        settings.WAGTAIL_PAGE_MODEL,
        models.CASCADE,
        auto_created=True,
        parent_link=True,
        primary_key=True,
        serialize=False,
    )
    inherited = [(field.name, field) for field in ContentPage._meta.local_fields if field.name != "page_ptr"]
    stages = [("planned", "Planned"), ("finished", "Finished")]
    own = [
        ("stage", models.CharField("stage", choices=stages, default="planned", max_length=20)),
        ("subtitle", models.CharField("subtitle", blank=True, max_length=255)),
        ("remarks", BlocksField(verbose_name="remarks", blank=True)),
        ("topics", ParentalManyToManyField("content.Topic", verbose_name="topics", blank=True, related_name="+")),
    ]
    options = {"verbose_name": words["words"], "verbose_name_plural": words["words_plural"]}
    fields = [("page_ptr", page), *inherited, *own]
    graph = MigrationLoader(None).graph

    class Initial(migrations.Migration):
        initial = True
        dependencies = [leaf for app in ("content", "wagtailcore") for leaf in graph.leaf_nodes(app)]
        operations = [migrations.CreateModel(names.model, fields, options, bases=("wagtailcore.page",))]

    return MigrationWriter(Initial("0001_initial", names.package), include_header=False).as_string()
