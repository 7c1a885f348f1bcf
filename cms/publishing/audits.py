"""What the auditor's last runs found and repaired: a row for each kind, for the admin, the command and the metrics."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from cms.publishing.models import Audit


def record(kind: Audit.Kind, found: Mapping[str, int], left: int = 0) -> None:
    """``found``: what differed → how many of it; ``left`` of these are as they were."""
    counts = {what: count for what, count in found.items() if count}
    repaired = max(0, sum(counts.values()) - left)
    Audit.objects.update_or_create(kind=kind, defaults={"at": timezone.now(), "found": counts, "repaired": repaired})


def last() -> list[Audit]:
    """The last one of each kind."""
    return list(Audit.objects.order_by("kind"))
