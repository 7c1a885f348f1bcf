"""A plugin whose builder raises for some of its pages."""

from __future__ import annotations

from pathlib import Path

from tests.plugins.broken import descriptor
from tests.plugins.packages import put

MODELS = '''
from django.db import models
from wagtail.admin.panels import FieldPanel

from cms.content import kinds
from cms.content.pages import ContentPage
from cms.plugins.spec import ContentSpec, Expose


class Share(kinds.BaseKind):
    """A hundred divided by the number of parts."""

    def shape(self):
        return int

    def to_json(self, value, context):
        return 100 // value


class Cake(ContentPage):
    content_spec = ContentSpec(type="cake", plural="cakes", fields=(Expose("share", source="parts", kind=Share()),))
    own_panels = [FieldPanel("parts")]

    parts = models.IntegerField(default=1)
'''
MIGRATION = """
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("content", "0001_initial"), ("wagtailcore", "0098_apitoken")]
    operations = [
        migrations.CreateModel(
            name="Cake",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=1000)),
                ("image", models.JSONField(blank=True, default=list)),
                ("body", models.JSONField(blank=True, default=list)),
                ("language", models.CharField(blank=True, max_length=5)),
                ("related", models.JSONField(blank=True, default=list)),
                ("noindex", models.BooleanField(default=False)),
                ("parts", models.IntegerField(default=1)),
            ],
            bases=("wagtailcore.page",),
        ),
    ]
"""


def install(folder: Path) -> None:
    files = {"plugin.py": descriptor("brittle"), "models.py": MODELS, "migrations/__init__.py": ""}
    put(folder, "brittle", {**files, "migrations/0001_initial.py": MIGRATION})
