"""One showcase is renamed on the demo site: exactly what shows it changes, and the purge reaches just that."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import httpx
import pytest

from cms.publishing.cache_tags import tags_of_change
from tests.contract.conftest import Site

pytestmark = pytest.mark.slow
NEW = "Et helt annet navn 4711"
RENAME = (
    "from wagtail.models import Page; page = Page.objects.get(pk={id}).specific; page.title = {title!r}; "
    "page.save_revision().publish()"
)


@dataclass(frozen=True, slots=True)
class Seen:
    etag: str
    tags: frozenset[str]
    text: str


@pytest.fixture(scope="module")
def client(demo_site: Site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=demo_site.url, timeout=30) as client:
        yield client


def everything(client: httpx.Client) -> dict[str, Seen]:
    """Every document by id and by path, lists of every type and order, what lies below each path, menus, site."""
    documents = []
    url: str | None = "/api/v1/content/?limit=100"
    while url:
        page = client.get(url).json()
        documents += page["results"]
        url = page["next"]
    root = client.get("/api/v1/").json()
    urls = [f"/api/v1/content/{each['id']}/" for each in documents]
    urls += [f"/api/v1/resolve/?path={quote(each['path'])}" for each in documents]
    urls += [f"/api/v1/content/?under={quote(each['path'])}" for each in documents if each["type"] == "section"]
    urls += [f"{each['url']}?order={order}" for each in root["types"] for order in ("newest", "title")]
    urls += ["/api/v1/content/", "/api/v1/events/?when=past", "/api/v1/navigation/", "/api/v1/site/"]
    return {each: see(client, each) for each in urls}


def see(client: httpx.Client, url: str) -> Seen:
    response = client.get(url)
    assert response.status_code == 200, url
    return Seen(response.headers["ETag"], frozenset(response.headers["Cache-Tag"].split(",")), response.text)


def settle(client: httpx.Client, after: str) -> list[dict[str, str]]:
    """Entries of the log until nothing more has come for three seconds."""
    entries: list[dict[str, str]] = []
    quiet = time.monotonic() + 3
    while time.monotonic() < quiet:
        page = client.get("/api/v1/changes/", params={"after": after}).json()
        if page["results"]:
            entries += page["results"]
            quiet = time.monotonic() + 3
        after = page["cursor"]
        time.sleep(0.2)
    return entries


def end_of_log(client: httpx.Client) -> str:
    page = client.get("/api/v1/changes/?limit=100").json()
    while page["next"]:
        page = client.get(page["next"]).json()
    return str(page["cursor"])


def test_rename_changes_what_shows_the_page_and_purges_no_other_document(demo_site: Site, client: httpx.Client) -> None:
    cursor = end_of_log(client)
    settle(client, cursor)
    before = everything(client)
    showcase = next(
        each
        for each in client.get("/api/v1/showcases/?limit=100").json()["results"]
        if any(each["path"] in seen.text and '"type":"event"' in seen.text[:80] for seen in before.values())
    )
    cursor = end_of_log(client)
    rename = demo_site.manage("shell", "-c", RENAME.format(id=showcase["id"], title=NEW))
    assert rename.returncode == 0, rename.stderr
    try:
        entries = settle(client, cursor)
        after = everything(client)
        assert after.keys() == before.keys()
        changed = {url for url in before if after[url].etag != before[url].etag}
        shows = {url for url, seen in after.items() if NEW in seen.text}
        assert changed == shows
        assert any('"type":"event"' in after[url].text[:80] for url in changed)
        for url in before.keys() - changed:
            assert client.get(url, headers={"If-None-Match": before[url].etag}).status_code == 304, url

        site_id = int(
            next(tag for seen in before.values() for tag in seen.tags if tag.startswith("path:"))[5:].split("/")[0]
        )
        sent = {tag for entry in entries for tag in purged(entry, site_id)}
        reached = {url for url, seen in before.items() if seen.tags & sent}
        assert changed <= reached
        assert {url for url in reached - changed if "/content/?" not in url and is_document(before[url])} == set()
    finally:
        demo_site.manage("shell", "-c", RENAME.format(id=showcase["id"], title=showcase["title"]))
        settle(client, cursor)


def is_document(seen: Seen) -> bool:
    body = json.loads(seen.text)
    return "version" in body or "version" in body.get("document", {})


def purged(entry: dict[str, str], site_id: int) -> tuple[str, ...]:
    names = ("kind", "id", "type", "path", "previous_path")
    columns = {name: entry[name] for name in names if entry[name] is not None}
    return tags_of_change(site_id=site_id, **columns)  # type: ignore[arg-type]
