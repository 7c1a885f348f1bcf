"""Aliases that have not followed: Wagtail updates them after the commit of their source, and may die in between."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from wagtail.models import Page


def behind() -> QuerySet[Page]:
    """Live aliases of a page that is live in a later form, or no longer."""
    # an alias of an alias is told the time of the publishing before: its time says nothing
    older = Q(last_published_at__lt=F("alias_of__last_published_at"), alias_of__alias_of=None)
    return Page.objects.filter(older | Q(alias_of__live=False), live=True).order_by("pk")


def catch_up() -> None:
    """Does what Wagtail would have done; its saves leave the notes."""
    for alias in behind().select_related("alias_of"):
        if alias.alias_of.live:
            alias.alias_of.specific.update_aliases()
        else:
            alias.specific.unpublish(log_action=False)
