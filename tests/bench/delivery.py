"""What a request costs: our API beside a constant view and Wagtail's API v2, same pages, same server, one run.

    python -m tests.bench.delivery [--pages 1000 10000] [--seconds 3]

Pages up to the first number are made and published, the rest are copies of their rows. Prints Markdown tables. Ratios
are what counts; absolute figures hold for the machine and its load.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import nullcontext
from typing import Any

CONSTANT = "constant view, 8 kB"
FULL = "Wagtail v2 detail, full"
CARDS = "Wagtail v2 list of 20, image and topics"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--seconds", type=float, default=3.0, help="per figure")
    parser.add_argument("--data", help="folder in which the site stays, and is used again; so does DATABASE_URL")
    arguments = parser.parse_args()
    with nullcontext(arguments.data) if arguments.data else tempfile.TemporaryDirectory() as data:
        os.environ |= {"FORMIDLE_DATA": data, "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "FORMIDLE_LOG": "ERROR"}
        os.environ["PYTHONPATH"] = os.getcwd()  # for the server
        run(sorted(arguments.pages), arguments.seconds)


def run(sizes: list[int], seconds: float) -> None:
    import django

    django.setup()
    from tests.bench import clones, measure

    section = site_with(sizes[0])
    for size in sizes:
        clones.grow_pages(section, size)
        clones.grow(size)
        print(f"\n## {size:,} pages ({where(measure)})\n")
        with measure.serving("tests.bench.wsgi:application") as server:
            table(server, seconds, measure)


def site_with(articles: int) -> Any:
    """The section of a published site with so many articles; what is there already is left as it is."""
    from django.core.management import call_command

    from home.models import SectionPage
    from tests.bench import pages

    call_command("migrate", verbosity=0)
    section = SectionPage.objects.filter(slug="nyheter").first()
    if section is None:
        section = pages.make_site()
        pages.make_articles(section, pages.make_images(20), 0, articles)
        publish()
    return section


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
    from django.db import connection

    from articles.models import NewsArticle
    from cms.publishing.models import Document

    step = max(1, NewsArticle.objects.count() // 50)
    ids = list(NewsArticle.objects.order_by("pk").values_list("pk", flat=True)[::step])
    paths = list(Document.objects.filter(pk__in=ids).values_list("path", flat=True))
    connection.close()
    fields = "fields=summary,kind,image,body,topics"
    details = [f"/api/v1/content/{each}/" for each in ids]
    resolves = [f"/api/v1/resolve/?path={each}" for each in paths]
    lists = ["/api/v1/news/?limit=20"]
    asked = {
        CONSTANT: (["/constant/"],),
        "detail": (details,),
        "detail, br": (details, "br"),
        "detail, gzip": (details, "gzip"),
        "detail, 304": (details, "gzip", True),
        "resolve": (resolves,),
        "resolve, gzip": (resolves, "gzip"),
        "list of 20": (lists,),
        "list of 20, gzip": (lists, "gzip"),
        "list of 20, zstd": (lists, "zstd"),
        "list of 20, 304": (lists, "gzip", True),
        "list of 20, one topic": (["/api/v1/news/?topic=klima&limit=20"],),
        "search, facets and highlights": (["/api/v1/search/?q=kommune+samarbeid", "/api/v1/search/?q=klima"],),
        FULL: ([f"/v2/pages/{each}/?{fields}" for each in ids],),
        CARDS: (["/v2/pages/?type=articles.NewsArticle&limit=20&fields=summary,image,topics"],),
    }
    measured = measure.in_turn([(server, measure.Asked(*how)) for how in asked.values()], seconds)
    figures = dict(zip(asked, measured, strict=True))
    print("| request | CPU ms | database ms | requests/s | kB | CPU × constant view | Wagtail v2 costs × |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, figure in figures.items():
        rival = CARDS if name.startswith("list of 20") else FULL if name.startswith(("detail", "resolve")) else None
        against = f"{figures[rival].total_ms / figure.total_ms:.0f}" if rival else ""
        print(
            f"| {name} | {figure.cpu_ms:.2f} | {figure.database_ms:.2f} | {figure.rate:.0f} | "
            f"{figure.size / 1000:.1f} | {figure.cpu_ms / figures[CONSTANT].cpu_ms:.1f} | {against} |"
        )
    print(f"\nAfterwards the load was {measure.load()}.", flush=True)


if __name__ == "__main__":
    main()
