"""What happens at a time: publishing, expiry, and images whose consent runs out. One failing item stops no other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision

from cms.content import times
from cms.content.images.models import ContentImage

logger = logging.getLogger(__name__)

RETRY = timedelta(seconds=60)
_failed: dict[str, datetime] = {}
"""Items that raised, with the time of the next try; forgotten at restart, which is a try too."""


def run_due() -> int:
    """Does all that is due; returns how many things happened."""
    now = timezone.now()
    done = 0
    expired = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at", "pk")
    for page in expired:
        done += _try(f"expire {page.pk}", now, lambda page=page: _expire(page))  # type: ignore[misc]
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at", "pk"):
        done += _try(
            f"publish {revision.pk}", now, lambda r=revision: r.publish(log_action="wagtail.publish.scheduled")
        )  # type: ignore[misc]
    today = now.astimezone(times.OSLO).date()
    for image in ContentImage.objects.filter(consent_until__lt=today, withdrawn=False).order_by("pk"):
        done += _try(f"withdraw {image.pk}", now, lambda image=image: _set_withdrawn(image, True))  # type: ignore[misc]
    back = ContentImage.objects.filter(withdrawn=True).exclude(consent_until__lt=today)
    for image in back.order_by("pk"):
        done += _try(f"restore {image.pk}", now, lambda image=image: _set_withdrawn(image, False))  # type: ignore[misc]
    return done


def _try(name: str, now: datetime, action: Callable[[], Any]) -> int:
    if _failed.get(name, now) > now:
        return 0
    try:
        action()
    except Exception:
        logger.exception("Scheduled work failed and is tried again in %s s: %s", RETRY.seconds, name)
        _failed[name] = now + RETRY
        return 0
    _failed.pop(name, None)
    return 1


def _expire(page: Page) -> None:
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _set_withdrawn(image: ContentImage, withdrawn: bool) -> None:
    image.withdrawn = withdrawn
    image.save(update_fields=["withdrawn"])
