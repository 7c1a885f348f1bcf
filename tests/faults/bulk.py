"""What happens to a site when very much changes at once, with a real worker and the admin's own views.

    python -m tests.faults.bulk [move image schedule instant]
    python -m tests.postgres python -m tests.faults.bulk

Prints a line of figures for each and fails where one is out of bounds. FORMIDLE_FAULTS=short: a small site and no
bounds on time, as in the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

SHORT = os.environ.get("FORMIDLE_FAULTS") == "short"
MOVED = 40 if SHORT else 1000
SHOWING = 40 if SHORT else 2000
SCHEDULED = 20 if SHORT else 500
SPREAD_SECONDS = 5 if SHORT else 60
FAILING = 2 if SHORT else 5
PATIENCE_SECONDS = 600


def main() -> None:
    wanted = sys.argv[1:] or list(SCENARIOS)
    for name in wanted:
        with tempfile.TemporaryDirectory() as data:
            os.environ |= {"FORMIDLE_DATA": data, "PYTHONPATH": os.getcwd(), "FORMIDLE_LOG": "CRITICAL"}
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
            if len(wanted) > 1:  # a data folder, a database and a process for each
                postgres = ["-m", "tests.postgres", sys.executable] if "DATABASE_URL" in os.environ else []
                subprocess.run([sys.executable, *postgres, "-m", "tests.faults.bulk", name], check=True)
                continue
            run(name)


def run(name: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from tests.bench import pages

    call_command("migrate", verbosity=0)
    section = pages.make_site()
    figures = SCENARIOS[name](section)
    print(f"{name}: " + ", ".join(f"{label} {value}" for label, (value, _) in figures.items()), flush=True)
    over = [f"{label} is {value}, at most {most}" for label, (value, most) in figures.items() if value > most]
    if over and not SHORT:
        sys.exit(f"{name}: " + "; ".join(over))
    if any(value > most for label, (value, most) in figures.items() if " s" not in label):
        sys.exit(f"{name}: {figures}")


Figures = dict[str, tuple[float, float]]
"""What was measured → the figure, and the most that it may be."""


def move(section: Any) -> Figures:
    """A section is moved in the admin: how long the editor waits, and what its old addresses answer meanwhile."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    from cms.publishing import reads
    from home.models import SectionPage
    from tests.bench import pages

    pages.make_articles(section, pages.make_images(5), 0, MOVED)
    target = section.get_parent().add_child(instance=SectionPage(title="Arkiv", slug="arkiv", live=True))
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.create_superuser("admin", "", "x"))
    site = reads.site_for_host("localhost").id if published() else 0
    old = [f"/nyheter/sak-{number}/" for number in range(MOVED)]
    wrong: set[str] = set()

    def arrived() -> bool:
        answers = [reads.resolve(site, path) for path in old]
        wrong.update(
            path
            for path, each in zip(old, answers, strict=True)
            if not isinstance(each, reads.DocumentRow | reads.Redirected)
        )
        return all(isinstance(each, reads.Redirected) for each in answers)

    with working():
        time.sleep(2)
        start = time.monotonic()
        answer = client.post(reverse("wagtailadmin_pages:move_confirm", args=[section.pk, target.pk]))
        admin = time.monotonic() - start
        assert answer.status_code == 302, answer.status_code
        converged = until(arrived)
    return {
        "the admin answers after s": (round(admin, 2), 2),
        "all follow after s": (round(converged, 1), PATIENCE_SECONDS),
        "addresses that answered neither 200 nor 301": (len(wrong), 0),
    }


def image(section: Any) -> Figures:
    """An image that many pages show gets another licence while an editor publishes: how long single edits wait."""
    from articles.models import NewsArticle
    from cms.publishing.models import Document, Note
    from tests.bench import pages

    shown = pages.make_images(1)[0]
    pages.make_articles(section, [shown], 0, SHOWING)
    published()
    edited = list(NewsArticle.objects.order_by("-pk")[:20])
    waits = []
    with working():
        time.sleep(2)
        shown.licence = "cc0"
        shown.save()
        start = time.monotonic()
        for number, page in enumerate(edited):
            page.title = f"Midt i det hele {number}"
            page.save_revision().publish()
            waits.append(until(Document.objects.filter(pk=page.pk, title=page.title).exists))
            time.sleep(0.3)
        until(lambda: not Note.objects.exists())
        converged = time.monotonic() - start
    late = sum(b'"licence":"cc0"' not in bytes(each) for each in Document.objects.values_list("detail", flat=True)) - 2
    return {
        "slowest edit s": (round(max(waits), 2), 5),
        "all follow after s": (round(converged, 1), PATIENCE_SECONDS),
        "pages with the old licence": (max(0, late), 0),
    }


def schedule(section: Any) -> Figures:
    """Items that go live one after the other, some of which raise."""
    return _scheduled(section, SPREAD_SECONDS, 15)


def instant(section: Any) -> Figures:
    """Items that all go live at one time."""
    return _scheduled(section, 0, 60)


def _scheduled(section: Any, spread: int, most: int) -> Figures:
    from django.utils import timezone
    from wagtail.models import Revision

    from articles.models import NewsArticle
    from cms.publishing.models import Document
    from tests.bench import pages

    pages.make_articles(section, pages.make_images(5), 0, SCHEDULED)
    articles = list(NewsArticle.objects.order_by("pk"))
    NewsArticle.objects.update(live=False, first_published_at=None, last_published_at=None)
    published()
    begin = timezone.now() + timedelta(seconds=5 + SCHEDULED // 8)
    times = {}
    for place, page in enumerate(articles):
        page.refresh_from_db()
        page.go_live_at = times[page.pk] = begin + timedelta(seconds=spread * place / SCHEDULED)
        revision = page.save_revision()
        revision.publish()
        if place % (SCHEDULED // FAILING) == 0:
            revision.refresh_from_db()
            Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "title": ""})
            del times[page.pk]
    late: dict[int, float] = {}

    def all_live() -> bool:
        now = timezone.now()
        live = Document.objects.filter(pk__in=set(times) - set(late), removed_at=None).values_list("pk", flat=True)
        late.update({pk: (now - times[pk]).total_seconds() for pk in live})
        return len(late) == len(times)

    assert timezone.now() < begin, "making the pages took too long"
    with working():
        until(all_live)
    failing = Document.objects.filter(removed_at=None, type="news-article").count() - len(times)
    return {
        "latest after its time s": (round(max(late.values()), 1), most),
        "before their time": (sum(each < 0 for each in late.values()), 0),
        "that raise and are public": (failing, 0),
    }


SCENARIOS: dict[str, Callable[[Any], Figures]] = {
    "move": move,
    "image": image,
    "schedule": schedule,
    "instant": instant,
}


def published() -> bool:
    """Everything is published and all pictures are made."""
    from cms.publishing import projection
    from cms.publishing.projector import Projector, make_renditions

    projector = Projector()
    while projector.drain() or make_renditions():
        pass
    return projection.is_built()


def until(condition: Callable[[], bool]) -> float:
    """Seconds until it holds."""
    start = time.monotonic()
    while not condition():
        if time.monotonic() - start > PATIENCE_SECONDS:
            sys.exit(f"nothing happened in {PATIENCE_SECONDS} s")
        time.sleep(0.1)
    return time.monotonic() - start


@contextmanager
def working() -> Iterator[None]:
    """A worker in a process of its own."""
    process = subprocess.Popen([sys.executable, "manage.py", "worker"])
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


if __name__ == "__main__":
    main()
