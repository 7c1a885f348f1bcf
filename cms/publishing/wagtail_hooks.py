from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail import hooks

from cms.content.watch import watched
from cms.publishing.signals import leave_notes


@hooks.register("after_bulk_action")
def note_bulk_action(request: Any, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """Some bulk actions (images into another collection) are one SQL statement, without signals."""
    for each in objects:
        if targets := watched.get(type(each)):
            leave_notes(each, targets)
