"""The publishing tables: all that public code reads, and the notes from which they are made."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def _of_site(related_name: str) -> Any:
    """The way from ``site_id`` to the published site and back, for queries; there is no constraint behind it."""
    return models.ForeignObject(
        "PublishedSite", models.DO_NOTHING, from_fields=["site_id"], to_fields=["id"], related_name=related_name
    )


class Note(models.Model):
    """What an editor's transaction leaves behind; deleted in the transaction that acts on it.

    target    ``page:12``, ``subtree:12``, ``image:5``, ``topic:3``, ``renditions:5``, ``site:1``, ``shows:page:7`` …
    due_at    None: at once. Only a failed note has a time, so that no two clocks are compared for an edit.
    error     why the last attempt failed
    """

    class Priority(models.IntegerChoices):
        DIRECT = 0, _("an edit")
        FAN_OUT = 1, _("follows from another page's edit")
        REBUILD = 2, _("rebuild")
        RENDITIONS = 3, _("renditions")

    target = models.CharField(max_length=120)
    reason = models.CharField(max_length=200, blank=True)
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.DIRECT)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["priority", "id"], name="note_next"),
            models.Index(fields=["target"], name="note_target"),
        ]

    def __str__(self) -> str:
        return f"{self.target} ({self.reason})"


class Document(models.Model):
    """One finished page, or the tombstone of a page that once was public (``removed_at`` set, bodies empty).

    date_start, date_end   the page's date: an event's start and end, otherwise its first publishing, both the same
    reach                  class of how long that lasts, see ``spans.REACHES``
    etag                   hash of the detail without ``version``
    expires_at             when the editor wants the page to expire
    fresh_until            when something that it shows ends by itself, the page, another one, or consent to an image
    embeds                 cache tags of what it shows, joined by commas
    """

    id = models.BigIntegerField(primary_key=True, help_text="The page's id.")
    site_id = models.IntegerField()
    site = _of_site("documents")
    type = models.CharField(max_length=60)
    locale = models.CharField(max_length=12)
    language = models.CharField(max_length=5)
    path = models.CharField(max_length=2000)
    parent_id = models.BigIntegerField(null=True)
    in_menu = models.BooleanField()
    translation_key = models.CharField(max_length=36)
    title = models.CharField(max_length=255)
    sort_title = models.CharField(max_length=300)
    version = models.PositiveIntegerField()
    etag = models.CharField(max_length=40)
    published_at = models.DateTimeField()
    date_start = models.DateTimeField()
    date_end = models.DateTimeField()
    reach = models.SmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    fresh_until = models.DateTimeField(null=True)
    embeds = models.TextField(blank=True)
    detail = models.BinaryField()
    summary = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(
                fields=["site_id", "published_at", "id"], name="doc_published", condition=models.Q(removed_at=None)
            ),
            models.Index(
                fields=["site_id", "type", "date_start", "id"],
                name="doc_type_date",
                condition=models.Q(removed_at=None),
            ),
            models.Index(
                fields=["site_id", "type", "reach", "date_start", "id"],
                name="doc_lasting",
                condition=models.Q(removed_at=None, reach__gt=0),
            ),
            models.Index(fields=["site_id", "sort_title", "id"], name="doc_title", condition=models.Q(removed_at=None)),
            models.Index(
                fields=["site_id", "type", "sort_title", "id"],
                name="doc_type_title",
                condition=models.Q(removed_at=None),
            ),
            models.Index(fields=["translation_key"], name="doc_translation", condition=models.Q(removed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.path} ({self.id}, version {self.version})"


class Body(models.Model):
    """A live document's answers in one encoding: by id, and as its path resolves to it."""

    pk = models.CompositePrimaryKey("document_id", "encoding")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, db_index=False, related_name="bodies")
    encoding = models.CharField(max_length=10)
    detail = models.BinaryField()
    resolved = models.BinaryField()


class DocumentKey(models.Model):
    """One filter value of a live document. ``type`` is "" in the rows that lists of all types scan."""

    pk = models.CompositePrimaryKey("site_id", "type", "field", "value", "date", "document_id")
    site_id = models.IntegerField()
    type = models.CharField(max_length=60)
    field = models.CharField(max_length=60)
    value = models.CharField(max_length=400)
    date = models.DateTimeField()
    document = models.ForeignKey(Document, on_delete=models.CASCADE, db_index=False, related_name="keys")

    class Meta:
        indexes = [models.Index(fields=["document", "field"], name="key_document")]


class KeyLabel(models.Model):
    """What a filter value is called: ``municipality 3405`` → Lillehammer."""

    pk = models.CompositePrimaryKey("field", "value")
    field = models.CharField(max_length=60)
    value = models.CharField(max_length=400)
    label = models.CharField(max_length=400)


class Route(models.Model):
    """What a path answers: the live page at it; else the editor's redirect; else what became of the page once there.

    document     the page at the path now or before
    redirect_id  the editor's Redirect row, if there is one for the path
    target       the page that it leads to; it counts only while that is live
    location     or the URL that it leads to
    """

    pk = models.CompositePrimaryKey("site_id", "path")
    site_id = models.IntegerField()
    site = _of_site("routes")
    path = models.CharField(max_length=2000)
    document = models.ForeignKey(Document, null=True, on_delete=models.CASCADE, related_name="routes")
    redirect_id = models.BigIntegerField(null=True)
    target = models.ForeignKey(
        Document, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="redirects"
    )
    location = models.CharField(max_length=2000, blank=True)
    permanent = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["redirect_id"], name="route_redirect")]


class Dependency(models.Model):
    """A document shows something of ``key``: ``name:7``, ``page:7``, ``children:7``, ``image:5``, ``list:event`` …

    ``link``, of ``name:7``: its editor pointed to that page, so the page lists it among those that link to it.
    """

    pk = models.CompositePrimaryKey("key", "document_id")
    key = models.CharField(max_length=120)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="dependencies")
    link = models.BooleanField(default=False)


class MediaFile(models.Model):
    """A file that a live document shows; no other file is served."""

    pk = models.CompositePrimaryKey("path", "document_id")
    path = models.CharField(max_length=300)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="media_files")
    name = models.CharField(max_length=300, blank=True, help_text="File name for downloads.")


class PublishedSite(models.Model):
    """A Wagtail site as public code knows it. No row at all: the first documents are still to be built.

    shows         keys of what its menus and settings show, as in Dependency, a line each
    changed_at    when the log last told of the site
    next_live_at  when the next scheduled page goes live; the worker keeps it
    """

    id = models.IntegerField(primary_key=True)
    hostname = models.CharField(max_length=255)
    port = models.IntegerField()
    is_default = models.BooleanField()
    name = models.CharField(max_length=255)
    navigation = models.BinaryField()
    settings = models.BinaryField()
    shows = models.TextField(blank=True)
    changed_at = models.DateTimeField(null=True)
    next_live_at = models.DateTimeField(null=True)


class PublishedTree(models.Model):
    """Menus and settings as a site shows them in its tree of a locale that is not the site's own."""

    pk = models.CompositePrimaryKey("site_id", "locale")
    site_id = models.IntegerField()
    locale = models.CharField(max_length=12)
    navigation = models.BinaryField()
    settings = models.BinaryField()


class Projection(models.Model):
    """One row: what holds for the documents as a whole.

    epoch        part of every cursor given out; renewed when the log may have gone back, as after a restored backup
    log_begin    changes up to this position are no longer kept
    fingerprint  of the settings and the code that all documents were built with
    built_at     when the first projection was complete; None until then
    """

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    epoch = models.CharField(max_length=40)
    log_begin = models.BigIntegerField(default=0)
    fingerprint = models.CharField(max_length=40, blank=True)
    built_at = models.DateTimeField(null=True)


class Change(models.Model):
    """The ordered log. It has one writer, the projector, so ids are its commit order."""

    kind = models.CharField(max_length=20)
    document_id = models.BigIntegerField(null=True)
    site_id = models.IntegerField()
    type = models.CharField(max_length=60, blank=True)
    locale = models.CharField(max_length=12, blank=True)
    path = models.CharField(max_length=2000, blank=True)
    previous_path = models.CharField(max_length=2000, blank=True)
    version = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()


class Consumer(models.Model):
    """How far a consumer has followed the log, and of which epoch.

    preparing  documents that it still has to make anew
    error      why it stands still
    warning    what an operator should know, though it goes on
    asked      what an operator asked of it, until it is done
    memory     what it keeps for its next start, JSON
    """

    name = models.CharField(primary_key=True, max_length=60)
    cursor = models.BigIntegerField(default=0)
    epoch = models.CharField(max_length=40, blank=True)
    moved_at = models.DateTimeField(null=True)
    preparing = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    warning = models.TextField(blank=True)
    asked = models.CharField(max_length=40, blank=True)
    memory = models.JSONField(default=dict)


class Parked(models.Model):
    """A document that a consumer could not take yet, or must take again after a repair."""

    pk = models.CompositePrimaryKey("consumer", "document_id")
    consumer = models.CharField(max_length=60)
    document_id = models.BigIntegerField()
    reason = models.TextField()
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField()


class Audit(models.Model):
    """The last run of the auditor, of each kind.

    found     what differed → how many: missing, stale, ghost, failed, others, or a consumer's name
    repaired  how many of these were put right, or are being: what the worker finds, it has built anew at once
    """

    class Kind(models.TextChoices):
        COMPLETE = "complete", _("complete, by command")
        HOURLY = "hourly", _("hourly, by the worker")

    kind = models.CharField(primary_key=True, max_length=10, choices=Kind.choices)
    at = models.DateTimeField()
    found = models.JSONField(default=dict)
    repaired = models.PositiveIntegerField(default=0)

    @property
    def count(self) -> int:
        """How much differed."""
        return sum(self.found.values())


class Lease(models.Model):
    """Who may do a thing that only one process may do, until when."""

    name = models.CharField(primary_key=True, max_length=60)
    holder = models.CharField(max_length=120)
    expires_at = models.DateTimeField()
