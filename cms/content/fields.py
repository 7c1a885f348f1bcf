"""Model fields for content types."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField


class BlocksField(StreamField):
    """A StreamField that migrations know as plain JSON.

    Wagtail writes every block with its texts into the migration. Then a new block of the core, or a better help text,
    would ask for a migration in each plugin, and old migrations would keep importing blocks. The rows do not change
    with the blocks; data migrations read and write them as the JSON lists that they are.
    """

    def __init__(self, block_types: Any = (), **options: Any) -> None:
        super().__init__(block_types, **options)

    def deconstruct(self) -> Any:
        name, _, _, options = super().deconstruct()
        del options["block_lookup"]
        # a column that is added to existing rows needs a value
        return name, "django.db.models.JSONField", [], {"default": list, **options}
