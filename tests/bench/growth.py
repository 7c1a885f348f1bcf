"""What a request costs at 1,000 documents and at 100,000: by id, by path, first and deepest pages of lists; memory.

    python -m tests.bench.growth [--pages 1000] [--documents 100000] [--seconds 2]

Pages are made and published; the rest are copies of their rows in the publishing tables. Both are served at the same
time and asked in turn. SQLite, or DATABASE_URL.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

APPLICATION = "tests.bench.wsgi:application"
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
    parser.add_argument("--data", help="folder in which the site stays, and is used again; so does DATABASE_URL")
    arguments = parser.parse_args()
    with nullcontext(arguments.data) if arguments.data else tempfile.TemporaryDirectory() as data:
        os.environ |= {"FORMIDLE_DATA": data, "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "FORMIDLE_LOG": "ERROR"}
        os.environ["PYTHONPATH"] = os.getcwd()  # for the server
        run(arguments.pages, arguments.documents, arguments.seconds)


def run(pages: int, documents: int, seconds: float) -> None:
    import django

    django.setup()
    from tests.bench import clones, delivery, measure

    delivery.site_with(pages)
    clones.grow(pages)  # statistics for PostgreSQL
    before = Site.now()
    with before.kept() as small, measure.serving(APPLICATION, DATABASE_URL=small) as first:
        clones.grow(documents)
        after = Site.now()
        with measure.serving(APPLICATION) as second:
            asked = [(first, before.asked(first)), (second, after.asked(second))]
            names = list(asked[0][1])
            each = [(server, measure.Asked(urls[name])) for name in names for server, urls in asked]
            found = [figure.total_ms for figure in measure.in_turn(each, seconds)]
            pairs = dict(zip(names, zip(found[::2], found[1::2], strict=True), strict=True))
            pairs["memory of the web process, MB"] = (first.memory_mb(), second.memory_mb())
    print(f"\n## From {before.size:,} documents to {after.size:,} ({delivery.where(measure)})\n")
    print(f"| request | CPU ms at {before.size:,} | at {after.size:,} | × |\n| --- | ---: | ---: | ---: |")
    for name, (little, much) in pairs.items():
        print(f"| {name} | {little:.2f} | {much:.2f} | {much / little:.2f} |")


class Site(NamedTuple):
    """What is asked of a site: its number of documents, ids and paths of some, and a day."""

    size: int
    pages: list[tuple[int, str]]
    day: date

    @classmethod
    def now(cls) -> Site:
        from django.db import connection
        from django.utils import timezone

        from cms.publishing.models import Document

        live = Document.objects.filter(removed_at=None, type="news-article").order_by("published_at")
        rows = list(live.values_list("pk", "path")[:: max(1, live.count() // 50)])
        connection.close()
        return cls(live.count(), rows, (timezone.now() - timedelta(days=20)).date())

    @contextmanager
    def kept(self) -> Iterator[str]:
        """DATABASE_URL of a copy of the database as it is."""
        from django.db import connection

        from tests.databases import copied_database

        with tempfile.TemporaryDirectory() as folder, copied_database(Path(folder)) as url:
            connection.close()
            yield url

    def asked(self, server: Any) -> dict[str, list[str]]:
        asked = {
            "detail": [f"/api/v1/content/{pk}/" for pk, _ in self.pages],
            "resolve": [f"/api/v1/resolve/?path={path}" for _, path in self.pages],
        }
        for name, url in LISTS.items():
            url = url.format(day=self.day)
            asked[f"list, {name}"] = [url]
            if deepest := _deepest(server, url):
                asked[f"list, {name}, deepest page"] = [deepest]
        return asked


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
