"""What a request costs at 1,000 documents and at 100,000: by id, by path, first and deepest pages of lists; memory.

    python -m tests.bench.growth [--pages 1000] [--documents 100000] [--seconds 2]

Pages are made and published; the rest are copies of their rows in the publishing tables. SQLite, or DATABASE_URL.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import tempfile
from typing import Any

LISTS = {
    "no filter": "/api/v1/content/?limit=20",
    "one type": "/api/v1/news/?limit=20",
    "one filter value": "/api/v1/content/?topic=klima&limit=20",
    "a type and a value": "/api/v1/news/?topic=klima&limit=20",
    "under": "/api/v1/content/?under=/nyheter/&limit=20",
    "a date range": "/api/v1/news/?date_from={day}&limit=20",
    "by title": "/api/v1/news/?order=title&limit=20",
    "three filters": "/api/v1/news/?topic=klima&municipality=3405&under=/nyheter/&limit=20",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=2.0, help="per figure")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"FORMIDLE_DATA": data, "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "FORMIDLE_LOG": "ERROR"}
        os.environ["PYTHONPATH"] = os.getcwd()  # for the server
        run(arguments.pages, arguments.documents, arguments.seconds)


def run(pages: int, documents: int, seconds: float) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from cms.publishing.models import Document
    from tests.bench import clones, delivery, measure
    from tests.bench import pages as made

    call_command("migrate", verbosity=0)
    section = made.make_site()
    made.make_articles(section, made.make_images(20), 0, pages)
    delivery.publish()
    sizes, found = [], []
    for grown in (False, True):
        if grown:
            clones.grow(documents)
        sizes.append(Document.objects.filter(removed_at=None).count())
        with measure.serving("tests.bench.wsgi:application") as server:
            found.append(figures(server, seconds, measure))
    print(f"\n## From {sizes[0]:,} documents to {sizes[1]:,} ({delivery.where(measure)})\n")
    print(f"| request | CPU ms at {sizes[0]:,} | at {sizes[1]:,} | × |\n| --- | ---: | ---: | ---: |")
    for name, before in found[0].items():
        print(f"| {name} | {before:.2f} | {found[1][name]:.2f} | {found[1][name] / before:.2f} |")


def figures(server: Any, seconds: float, measure: Any) -> dict[str, float]:
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone

    from cms.publishing.models import Document

    live = Document.objects.filter(removed_at=None, type="news-article").order_by("published_at")
    step = max(1, live.count() // 200)
    rows = list(live.values_list("pk", "path")[::step])
    day = (timezone.now() - timedelta(days=20)).date()
    connection.close()
    asked = {
        "detail": [f"/api/v1/content/{pk}/" for pk, _ in rows],
        "resolve": [f"/api/v1/resolve/?path={path}" for _, path in rows],
    }
    for name, url in LISTS.items():
        url = url.format(day=day)
        asked[f"list, {name}"] = [url]
        if deepest := _deepest(server, url):
            asked[f"list, {name}, deepest page"] = [deepest]
    found = {name: measure.measure(server, urls, seconds).total_ms for name, urls in asked.items()}
    found["memory of the web process, MB"] = server.memory_mb()
    return found


def _deepest(server: Any, url: str) -> str | None:
    """The cursor of the last page, from the list in the opposite order."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    if "order=title" in url:
        return None
    connection.request("GET", f"{url}&order=oldest", headers={"Host": "localhost"})
    page = json.loads(connection.getresponse().read())
    connection.close()
    if not page["next"]:
        return None
    from cms.api import cursors
    from cms.publishing.reads import Cursor

    cursor = cursors.decode(page["next"].partition("cursor=")[2], "oldest")
    return f"{url}&cursor={cursors.encode('newest', Cursor(cursor.value, cursor.id))}"


if __name__ == "__main__":
    main()
