"""Works off the notes on images: makes the files that are missing, outside any transaction."""

from __future__ import annotations

import logging

from django.db import transaction

from cms.content.images import renditions
from cms.content.images.models import ContentImage
from cms.publishing.models import Note
from cms.publishing.notes import Priority, note, retry_later
from cms.publishing.work import next_renditions

logger = logging.getLogger(__name__)


def make_renditions() -> int:
    """One image; returns how many were worked on. Its pages are built again when there are new files."""
    work = next_renditions()
    if work is None:
        return 0
    image = ContentImage.objects.filter(pk=int(work.argument)).first()
    try:
        # first those that a page waits for
        made = renditions.make(image, renditions.first_specs(image), renditions.all_specs(image)) if image else 0
    except Exception as error:
        logger.warning("Could not make the renditions of %s: %s", work.target, error)
        retry_later(work.ids, work.priority, work.attempts + 1, f"{type(error).__name__}: {error}")
        return 1
    with transaction.atomic():
        if image and made:
            note(f"image:{image.pk}", "renditions made", Priority.FAN_OUT)
        Note.objects.filter(pk__in=work.ids).delete()
    return 1
