"""What publishing costs: from publish to visible, a full rebuild, and the renditions of a photo.

    python -m tests.bench.writing [--pages 500] [--publishes 60]

Prints Markdown. CPU time is what counts; waiting times hold for an idle machine, so the load is printed with them.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--publishes", type=int, default=60)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"FORMIDLE_DATA": data, "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "FORMIDLE_LOG": "ERROR"}
        os.environ["PYTHONPATH"] = os.getcwd()  # for the server and the worker
        run(arguments.pages, arguments.publishes)


def run(size: int, publishes: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.bench import measure, pages

    call_command("migrate", verbosity=0)
    section = pages.make_site()
    pages.make_articles(section, pages.make_images(20), 0, size)
    print(f"\n## Writing (load {measure.load()}, Python {sys.version.split()[0]}, {connection.vendor}, {size} pages)\n")
    rebuilds()
    visible(publishes, measure)
    photo()


# -- rebuilds --------------------------------------------------------------------------------------------------------


def rebuilds() -> None:
    from django.test import override_settings

    from cms.publishing import consumers, projection
    from cms.publishing.models import Document
    from cms.publishing.notes import Priority, note
    from cms.publishing.projector import Projector, make_renditions

    def drain() -> int:
        return Projector().drain()

    def rebuild() -> None:
        note("all:", "bench", Priority.REBUILD)
        drain()

    def index() -> None:
        for consumer in consumers.registered.values():
            while consumers.follow(consumer):
                pass

    while drain() or make_renditions():
        pass
    drain()
    index()
    assert projection.is_built()
    count = Document.objects.filter(removed_at=None).count()
    print("| all documents once, on one core | CPU ms each | documents per CPU second |\n| --- | ---: | ---: |")
    row("rebuild, nothing differs", cpu(rebuild), count)
    with override_settings(PUBLIC_URL="https://example.org"):
        row("rebuild, every document differs", cpu(drain), count)
        row("the search index takes them", cpu(index), count)
    drain()
    index()
    consumers.ask("search", "rebuild")
    row("a new search index is made", cpu(index), count)
    for consumer in consumers.registered.values():
        consumer.close()  # the worker takes over
    print(
        f"\nPeak memory of the process that did it: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB.\n"
    )


def row(name: str, seconds: float, count: int) -> None:
    print(f"| {name} | {1000 * seconds / count:.1f} | {count / seconds:.0f} |", flush=True)


def cpu(action: Any) -> float:
    before = time.process_time()
    action()
    return time.process_time() - before


# -- from publish to visible -----------------------------------------------------------------------------------------


def visible(publishes: int, measure: Any) -> None:
    """An editor's process (this one), a worker and a web server."""
    from articles.models import NewsArticle

    chance = random.Random(1)
    ids = list(NewsArticle.objects.order_by("pk").values_list("pk", flat=True))
    with measure.serving("tests.bench.wsgi:application") as server, working(measure) as worker:
        time.sleep(5)
        before = worker.cpu_seconds()
        time.sleep(10)
        idle = (worker.cpu_seconds() - before) / 10
        waits = [_wait(server.port, NewsArticle.objects.get(pk=chance.choice(ids)), n) for n in range(publishes)]
    api, search = (sorted(each) for each in zip(*waits, strict=True))
    print("| publish → visible | in the API, ms | in search, ms |\n| --- | ---: | ---: |")
    for name, place in ((f"half of {publishes} publishings within", 0.5), ("95 % within", 0.95), ("all within", 1)):
        at = max(0, int(publishes * place) - 1)
        print(f"| {name} | {1000 * api[at]:.0f} | {1000 * search[at]:.0f} |")
    print(f"\nThe idle worker takes {100 * idle:.1f} % of a core. Load {measure.load()}.\n", flush=True)


def _wait(port: int, page: Any, number: int) -> tuple[float, float]:
    """Seconds from the end of Wagtail's publish, which commits before it ends, until the API shows the new title, and
    until search finds it."""
    time.sleep(random.Random(number).uniform(0.3, 0.8))
    page.title = f"Ny tittel {number}"
    page.save_revision().publish()
    start = time.perf_counter()
    api = _until_there(port, f"/api/v1/content/{page.pk}/", page.title, start)
    return api, _until_there(port, f"/api/v1/search/?limit=1&q=%22ny+tittel+{number}%22", page.title, start)


def _until_there(port: int, url: str, title: str, start: float) -> float:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.perf_counter() - start < 30:
        connection.request("GET", url, headers={"Host": "localhost"})
        if title.encode() in connection.getresponse().read():
            return time.perf_counter() - start
        time.sleep(0.005)
    raise RuntimeError(f"{title} is not visible at {url} after 30 s")


@contextmanager
def working(measure: Any) -> Iterator[Any]:
    process = subprocess.Popen([sys.executable, "manage.py", "worker"], stdout=subprocess.DEVNULL)
    try:
        yield measure.Server(process.pid, 0)
    finally:
        process.terminate()
        process.wait(timeout=30)


# -- renditions ------------------------------------------------------------------------------------------------------


def photo() -> None:
    from cms.content.images import profiles, renditions
    from tests.bench.pages import make_photo

    specs = {profiles.width_spec(width, format_) for width in profiles.WIDTHS for format_ in (*profiles.MODERN, "jpeg")}
    image = make_photo()
    wagtail = cpu(lambda: [image.get_rendition(spec) for spec in sorted(specs)])
    size = sum(each.file.size for each in image.renditions.all())
    for each in image.renditions.all():
        each.delete()
    ours = cpu(lambda: renditions.make(image, specs))
    own_size = sum(each.file.size for each in image.renditions.all())
    more = cpu(lambda: renditions.make(image, renditions.all_specs(image)))
    print(f"| {len(specs)} renditions of a {image.width} × {image.height} photo | CPU s | kB |\n| --- | ---: | ---: |")
    print(f"| Wagtail, one by one | {wagtail:.1f} | {size // 1000} |")
    print(f"| ours | {ours:.1f} ({ours / wagtail:.2f} ×) | {own_size // 1000} |")
    print(f"| the largest one and the crop for social media besides | {more:.1f} | |", flush=True)


if __name__ == "__main__":
    main()
