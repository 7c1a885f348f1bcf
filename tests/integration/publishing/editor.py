"""A process that edits as a web process would, on the database of the real worker: `python -m …editor`.

Reads one line per command, ``{"do": name, …arguments}``, answers with one line of JSON.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import InterfaceError, OperationalError, close_old_connections  # noqa: E402
from django.db.models.functions import Now  # noqa: E402

from articles.models import NewsArticle  # noqa: E402
from cms.publishing import reads  # noqa: E402
from cms.publishing.models import Change, Lease  # noqa: E402
from home.models import PlainPage, SectionPage  # noqa: E402
from tests.integration.publishing import site  # noqa: E402


def prepare() -> int:
    home = site.make_home()
    parent = site.add(home, site.section("Nyheter", slug="nyheter"))
    site.add(home, site.section("Arkiv", slug="arkiv"))
    articles = [site.add(parent, site.news(f"Sak {number}")) for number in range(6)]
    site.add(home, site.plain("Leser", slug="leser", body=site.stream(site.cards(*articles), site.listing())))
    return len(articles)


def edit(name: str) -> None:
    """One of each: an edit, a move of a subtree, an unpublishing, a publishing, a picture, a new page."""
    pages = list(NewsArticle.objects.order_by("pk"))
    site.publish(pages[0], title=f"{name} endret", image=site.main_image(site.add_image(name)))
    section, archive = (SectionPage.objects.get(slug=slug) for slug in ("nyheter", "arkiv"))
    if section.depth == archive.depth:
        site.move(section, archive)
    else:
        site.move(section, archive.get_parent())
    for page in pages[1:3]:
        if page.live:
            site.unpublish(page)
        else:
            site.publish(page)
    site.add(archive, site.news(f"{name} ny"))


def documents(arguments: list[str]) -> list[Any]:
    out = io.StringIO()
    try:
        call_command("documents", *arguments, stdout=out)
    except SystemExit as error:
        return [error.code, out.getvalue()]
    return [0, out.getvalue()]


def session() -> tuple[int, str]:
    """A live page, and the key of a session of somebody who may do everything."""
    user = get_user_model().objects.create_superuser("redaktør", password=None)
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return NewsArticle.objects.filter(live=True).order_by("pk")[0].pk, str(store.session_key)


def retitle(slug: str, name: str, count: int) -> None:
    """Publishes a page so often, with a new title each time."""
    for number in range(count):
        site.publish(NewsArticle.objects.get(slug=slug), title=f"{name} {number}")


def holder(name: str = "projector") -> int | None:
    """Process id of the worker, or the one beside it that keeps the schedule, that holds the lease."""
    row = Lease.objects.filter(name=name).first()
    return int(row.holder.split("/")[1]) if row else None


def prolong_lease() -> None:
    """Of whoever holds it; by an hour."""
    Lease.objects.filter(name="projector").update(expires_at=Now() + timedelta(hours=1))


def write(name: str, count: int) -> list[str]:
    """Adds pages below one that everybody adds to, and edits one that everybody edits; returns what went wrong."""
    failed = []
    archive, shared = SectionPage.objects.get(slug="arkiv"), PlainPage.objects.get(slug="leser")
    for number in range(count):
        try:
            site.add(archive, site.news(f"{name} {number}"))
            site.publish(shared, title=f"{name} {number}")
        except Exception as error:
            failed.append(f"{type(error).__name__}: {error}")
    return failed


def keep_writing(name: str, count: int) -> int:
    """As ``write``, again and again until it is done, as an editor does who is told to try again; returns the tries."""
    tries = 0
    for number in range(count):
        while True:
            tries += 1
            close_old_connections()  # as before a request
            try:
                site.add(SectionPage.objects.get(slug="arkiv"), site.news(f"{name} {number}"))
                break
            except (OperationalError, InterfaceError):
                time.sleep(0.2)
    return tries


def follow(until: str) -> list[int]:
    """Reads the log from position to position, as a consumer does, until the file is there and no entry is left."""
    seen = [0]
    while True:
        over = Path(until).exists()
        new = list(Change.objects.filter(pk__gt=seen[-1]).order_by("pk").values_list("pk", flat=True))
        seen += new
        if over and not new:
            return seen[1:]


def epoch() -> str:
    return reads.epoch()


def log_is_whole() -> bool:
    """Versions of each document rise with the positions."""
    seen: dict[int, int] = {}
    for change in Change.objects.exclude(document_id=None).order_by("pk"):
        assert change.document_id is not None
        assert change.version is not None
        if change.version <= seen.get(change.document_id, 0):
            return False
        seen[change.document_id] = change.version
    return True


def log() -> list[Any]:
    """Position and document of every entry."""
    return list(Change.objects.order_by("pk").values_list("pk", "document_id"))


COMMANDS: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (
        prepare,
        edit,
        write,
        keep_writing,
        follow,
        epoch,
        documents,
        session,
        retitle,
        holder,
        prolong_lease,
        log,
        log_is_whole,
    )
}


def main() -> None:
    for line in sys.stdin:
        command = json.loads(line)
        answer = COMMANDS[command.pop("do")](**command)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
