"""What a request costs: our API beside a constant view and Wagtail's API v2, same pages, same server, one run.

    python -m tests.bench.delivery [--pages 1000 10000] [--seconds 3]

Prints a Markdown table. Ratios are what counts; absolute figures hold for the machine and its load.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--seconds", type=float, default=3.0, help="per figure")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"FORMIDLE_DATA": data, "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "FORMIDLE_LOG": "ERROR"}
        os.environ["PYTHONPATH"] = os.getcwd()  # for the server
        run(sorted(arguments.pages), arguments.seconds)


def run(sizes: list[int], seconds: float) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from tests.bench import measure, pages

    call_command("migrate", verbosity=0)
    section = pages.make_site()
    images = pages.make_images(20)
    made = 0
    for size in sizes:
        start = time.perf_counter()
        pages.make_articles(section, images, made, size)
        section.refresh_from_db()
        created = time.perf_counter()
        publish()
        published = time.perf_counter()
        print(
            f"{size} pages: {size - made} made in {created - start:.0f} s, published and indexed in "
            f"{published - created:.0f} s ({(size - made) / (published - created):.0f}/s)",
            file=sys.stderr,
        )
        made = size
        print(f"\n## {size} pages ({where(measure)})\n")
        with measure.serving("tests.bench.wsgi:application") as server:
            table(server, seconds, measure)


def where(measure: Any) -> str:
    from django.db import connection

    return f"load {measure.load()}, Python {sys.version.split()[0]}, {connection.display_name}"


def publish() -> None:
    from cms.publishing import consumers
    from cms.publishing.projector import Projector, make_renditions

    Projector().drain()
    while make_renditions():
        pass
    Projector().drain()
    for consumer in consumers.registered.values():
        while consumers.follow(consumer):
            pass


def table(server: Any, seconds: float, measure: Any) -> None:
    from articles.models import NewsArticle

    ids = list(
        NewsArticle.objects.order_by("pk").values_list("pk", flat=True)[:: max(1, NewsArticle.objects.count() // 200)]
    )
    slugs = list(NewsArticle.objects.filter(pk__in=ids).values_list("slug", flat=True))
    fields = "fields=summary,kind,image,body,topics"
    details = [f"/api/v1/content/{each}/" for each in ids]
    rows: list[tuple[str, list[str], dict[str, Any]]] = [
        ("constant view, 8 kB", ["/constant/"], {}),
        ("detail", details, {}),
        ("detail, br", details, {"encoding": "br"}),
        ("detail, gzip", details, {"encoding": "gzip"}),
        ("detail, 304", details, {"encoding": "gzip", "known": True}),
        ("resolve", [f"/api/v1/resolve/?path=/nyheter/{each}/" for each in slugs], {}),
        ("resolve, gzip", [f"/api/v1/resolve/?path=/nyheter/{each}/" for each in slugs], {"encoding": "gzip"}),
        ("list of 20", ["/api/v1/news/"], {}),
        ("list of 20, gzip", ["/api/v1/news/"], {"encoding": "gzip"}),
        ("list of 20, zstd", ["/api/v1/news/"], {"encoding": "zstd"}),
        ("list of 20, one topic", ["/api/v1/news/?topic=klima"], {}),
        ("search, facets and highlights", ["/api/v1/search/?q=kommune+samarbeid", "/api/v1/search/?q=klima"], {}),
        ("Wagtail v2 detail, full", [f"/v2/pages/{each}/?{fields}" for each in ids], {}),
        (
            "Wagtail v2 list of 20, image and topics",
            ["/v2/pages/?type=articles.NewsArticle&limit=20&fields=summary,image,topics"],
            {},
        ),
    ]
    figures = {name: measure.measure(server, urls, seconds, **how) for name, urls, how in rows}
    constant = figures["constant view, 8 kB"].cpu_ms
    detail = figures["Wagtail v2 detail, full"].total_ms
    listed = figures["Wagtail v2 list of 20, image and topics"].total_ms
    print("| request | CPU ms | database ms | requests/s | kB | × constant view | Wagtail v2 costs × |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, figure in figures.items():
        rival = listed if name.startswith("list of 20") else detail if name.startswith(("detail", "resolve")) else None
        against = f"{rival / figure.total_ms:.0f}" if rival else ""
        print(
            f"| {name} | {figure.cpu_ms:.2f} | {figure.database_ms:.2f} | {figure.rate:.0f} | "
            f"{figure.size / 1000:.1f} | {figure.cpu_ms / constant:.1f} | {against} |"
        )


if __name__ == "__main__":
    main()
