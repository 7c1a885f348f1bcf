"""``/metrics``: how publishing and delivery are, for Prometheus. Read from the database at every scrape."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from cms.access.tokens import require_scope
from cms.api.parameters import query_of, read
from cms.delivery.models import Delivery, Webhook
from cms.publishing import audits, projection, reads, waiting
from cms.publishing.lease import holder_alive
from cms.publishing.models import Document
from search import rebuild, service

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def metrics(request: HttpRequest) -> HttpResponse:
    """For processes on this machine, and for tokens with the scope ``metrics``."""
    read((), query_of(request))
    if not _is_local(request):
        require_scope(request, "metrics")
    registry = CollectorRegistry()
    registry.register(Publishing())
    registry.register(Search())
    registry.register(Webhooks())
    response = HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response


def _is_local(request: HttpRequest) -> bool:
    """True for loopback itself; not for what a proxy on this machine hands on."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return address.is_loopback and not any(name in request.META for name in FORWARDED)


class Publishing(Collector):
    def collect(self) -> Iterator[Metric]:
        yield _gauge("built", "Whether everything was ever built: 1 or 0.", projection.is_built())
        yield _gauge("worker_alive", "Whether a worker holds the lease: 1 or 0.", holder_alive("projector"))
        yield _gauge("log_position", "The newest entry of the log.", reads.last_change())
        if last := waiting.last_change():
            yield _gauge("last_change_timestamp_seconds", "When it was written.", last.timestamp())
        types = Document.objects.filter(removed_at=None).order_by().values_list("type").annotate(Count("pk"))
        yield _gauges("documents", "Live documents.", ["type"], {(name,): count for name, count in types})
        notes = {(each.priority.name.lower(),): each for each in waiting.notes()}
        yield _gauges("notes", "Notes that wait.", ["priority"], {key: each.count for key, each in notes.items()})
        yield _gauges(
            "notes_failed", "Notes that failed.", ["priority"], {key: each.failed for key, each in notes.items()}
        )
        yield _gauges(
            "notes_oldest_seconds",
            "How long the first of them has waited.",
            ["priority"],
            {key: each.oldest_s for key, each in notes.items()},
        )
        followers = {(each.name,): each for each in waiting.followers()}
        yield _gauges(
            "consumer_lag", "Entries to go.", ["consumer"], {key: each.lag for key, each in followers.items()}
        )
        yield _gauges(
            "consumer_parked", "Documents put off.", ["consumer"], {key: each.parked for key, each in followers.items()}
        )
        yield _gauges(
            "consumer_preparing",
            "Documents to be made anew.",
            ["consumer"],
            {key: each.preparing for key, each in followers.items()},
        )
        yield _gauges(
            "consumer_warning",
            "Whether it goes on with a warning: 1 or 0.",
            ["consumer"],
            {key: bool(each.warning) for key, each in followers.items()},
        )
        yield _gauges(
            "consumer_failing",
            "Whether it stands still with an error: 1 or 0.",
            ["consumer"],
            {key: bool(each.error) for key, each in followers.items()},
        )
        yield from _audits()


def _audits() -> Iterator[Metric]:
    """``what`` is missing, stale, ghost, failed, others or a consumer; one that is never found has no sample."""
    last = audits.last()
    yield _gauges(
        "audit_timestamp_seconds",
        "When the auditor ran last.",
        ["kind"],
        {(each.kind,): each.at.timestamp() for each in last},
    )
    yield _gauges(
        "audit_found",
        "What differed then.",
        ["kind", "what"],
        {(each.kind, what): count for each in last for what, count in each.found.items()},
    )
    yield _gauges(
        "audit_repaired", "How much of it was repaired.", ["kind"], {(each.kind,): each.repaired for each in last}
    )


class Search(Collector):
    """Asked of the engines themselves; of one that does not answer there is nothing more to tell."""

    def collect(self) -> Iterator[Metric]:
        up: dict[tuple[str, ...], float] = {(name,): state == service.OK for name, state in service.states().items()}
        yield _gauges("search_up", "Whether an index can be asked: 1 or 0.", ["index"], up)
        documents: dict[tuple[str, ...], float] = {
            (name,): count for name in service.engines() if up[name,] and (count := service.documents(name)) is not None
        }
        yield _gauges("search_documents", "Documents in an index.", ["index"], documents)
        measured = {(name,): rebuild.score(name) for name in service.engines()}
        scores: dict[tuple[str, ...], float] = {key: each for key, each in measured.items() if each is not None}
        yield _gauges("search_golden_ndcg", "nDCG@10 on the golden queries, when last measured.", ["index"], scores)
        yield _gauge("search_breaker_open", "Whether this process asks the standby only.", service.breaker().is_open)


class Webhooks(Collector):
    def collect(self) -> Iterator[Metric]:
        webhooks = dict(Webhook.objects.order_by("pk").values_list("pk", "enabled"))
        rows = Delivery.objects.order_by().values_list("webhook_id", "status").annotate(Count("pk"))
        counts: dict[tuple[str, ...], float] = {(str(pk), status): 0 for pk in webhooks for status in Delivery.Status}
        counts |= {(str(pk), status): count for pk, status, count in rows}
        yield _gauges(
            "webhook_deliveries", "Messages of the last 30 days, and those that wait.", ["webhook", "status"], counts
        )
        yield _gauges(
            "webhook_enabled", "1 or 0.", ["webhook"], {(str(pk),): enabled for pk, enabled in webhooks.items()}
        )


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"formidle_{name}", text, value=float(value))


def _gauges(name: str, text: str, labels: list[str], values: dict[tuple[str, ...], float]) -> Metric:
    family = GaugeMetricFamily(f"formidle_{name}", text, labels=labels)
    for key, value in sorted(values.items()):
        family.add_metric(list(key), float(value))
    return family
