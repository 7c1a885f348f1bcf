"""What holds for the documents as a whole: whether they were ever built, with which settings and code, which epoch."""

from __future__ import annotations

import hashlib
import uuid

from django.conf import settings
from django.utils import timezone

from cms.plugins import registry
from cms.publishing import sites
from cms.publishing.build import FORMAT
from cms.publishing.identity import LENGTH, identity
from cms.publishing.lease import Holder, writing
from cms.publishing.models import Document, Note, Projection, PublishedSite
from cms.publishing.notes import Priority, note
from cms.publishing.public import Publicness


def begin(lease: Holder | None = None) -> None:
    """Has everything built where it never was, where other settings or code built it, and where it is lost.

    Called by a projector before its first step.
    """
    with writing(lease):
        row, made = Projection.objects.get_or_create(pk=Projection.ONLY, defaults={"epoch": new_epoch()})
        lost = row.built_at is not None and _all_lost()
        if lost:
            # nothing is known of any page: 503 until it is again, not "not found"
            PublishedSite.objects.all().delete()
            row.built_at = None
        if made or lost or row.fingerprint != fingerprint():
            row.fingerprint = fingerprint()
            row.save()
            # what has a document was built by this code, or will be again
            first = made or lost
            note(
                "unbuilt:" if first else "all:", "first build" if first else "other settings or code", Priority.REBUILD
            )


def finish(lease: Holder | None = None) -> bool:
    """Opens the sites to readers once everything was built for the first time. Returns whether they are open.

    Called by a projector that has nothing to do; a page that fails holds nobody up.
    """
    row = Projection.objects.get(pk=Projection.ONLY)
    if row.built_at is None:
        if Note.objects.filter(attempts=0).exclude(priority=Priority.RENDITIONS).exists():
            return False
        with writing(lease):
            sites.publish_sites()
            Projection.objects.filter(pk=row.pk).update(built_at=timezone.now())
    return True


def is_built() -> bool:
    return Projection.objects.filter(built_at__isnull=False).exists()


def new_epoch() -> str:
    """Says which database it is of, so that a copy of that is not taken for it."""
    return uuid.uuid4().hex[:12] + identity()


def is_of_another_database(epoch: str) -> bool:
    return epoch[-LENGTH:] != identity()


def fingerprint() -> str:
    """Of all that documents depend on besides the database."""
    parts = [
        FORMAT,
        settings.LANGUAGE_CODE,
        getattr(settings, "WAGTAIL_I18N_ENABLED", False),
        settings.PUBLIC_URL,
        settings.API_URL,
        settings.MEDIA_BASE_URL,
        [(name, each.plugin.name) for name, each in registry.content_types().items()],
        [(each.name, each.distribution) for each in settings.CMS_PLUGINS.found],
        sorted((name, sorted(values.items())) for name, values in settings.CMS_PLUGIN_SETTINGS.items()),
    ]
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _all_lost() -> bool:
    """True when pages are public and not one of them has a document."""
    if Document.objects.filter(removed_at=None).exists():
        return False
    publicness = Publicness()
    models = [each.model for each in registry.content_types().values()]
    return any(publicness.is_public(page) for model in models for page in model.objects.filter(live=True).iterator())
