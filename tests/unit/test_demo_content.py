"""The demo package holds together by itself; what the import makes of it is tested with the import."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from cms.content.municipalities import municipalities

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "demo"
SEEDS = ROOT.parent / "shared" / "seeds"
PACKAGE: dict[str, Any] = json.loads((DEMO / "content.json").read_text(encoding="utf-8"))
PAGES: list[dict[str, Any]] = PACKAGE["pages"]
PATHS = {page["path"] for page in PAGES}
EVENTS = [page for page in PAGES if page["type"] == "event"]
BLOCKS = {
    "heading", "paragraph", "quote", "image", "gallery", "link_block", "embed", "fact_box", "deadline", "document",
    "table", "accordion", "figures", "contacts", "cards", "listing",
}  # fmt: skip
KINDS = {"welcome", "talk", "panel", "workshop", "questions", "break", "meal", "social", "other"}
PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def walk(value: Any) -> Iterator[Any]:
    yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(inner)


def texts() -> Iterator[str]:
    return (each for each in walk(PACKAGE) if isinstance(each, str))


def image_uses() -> Iterator[dict[str, Any]]:
    return (each for each in walk(PAGES) if isinstance(each, dict) and isinstance(each.get("image"), str))


def parse(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def day(text: str) -> date:
    return date.fromisoformat(text[:10])


# The whole


def test_all_types_blocks_and_programme_kinds_are_shown() -> None:
    assert {page["type"] for page in PAGES} == {
        "home", "section", "page", "news-article", "event", "showcase", "network",
    }  # fmt: skip
    assert {block["type"] for page in PAGES for block in page["body"]} == BLOCKS
    assert {item["kind"] for event in EVENTS for item in event.get("programme", [])} == KINDS


def test_every_choice_of_a_field_is_shown() -> None:
    def shown(field: str, type_: str) -> set[str]:
        return {page[field] for page in PAGES if page["type"] == type_}

    assert shown("kind", "news-article") == {"news", "press-release", "consultation", "announcement"}
    assert shown("status", "event") == {"planned", "cancelled", "postponed"}
    assert shown("attendance", "event") == {"place", "digital", "both"}
    assert shown("status", "showcase") == {"planned", "ongoing", "completed"}
    assert {page.get("language", "nb") for page in PAGES} == {"nb", "nn", "en"}
    assert sum(page.get("language") == "nn" for page in PAGES) >= 5


def test_every_page_is_worth_opening() -> None:
    assert len(PATHS) == len(PAGES) > 25
    for page in PAGES:
        assert page["title"], page["path"]
        assert 40 <= len(page["summary"]) <= 1000, page["path"]
        assert page["body"], page["path"]
        assert parse(page["first_published_at"])
        if page["type"] not in ("section", "page"):
            assert page["image"], page["path"]


def test_some_events_are_past_and_some_far_ahead() -> None:
    years = {event["start"][:4] for event in EVENTS}
    assert {"2019", "2024", "2027"} <= years
    assert any(event["all_day"] and event["start"] < event["end"] for event in EVENTS)
    assert any(item.get("track") for event in EVENTS for item in event.get("programme", []))


# References


def test_every_page_that_is_referred_to_exists() -> None:
    linked = {path for text in texts() for path in re.findall(r"page:(/[^\"#?]*)", text)}
    chosen = {path for page in PAGES for path in page.get("related", [])}
    reports = {event["report"] for event in EVENTS if event.get("report")}
    gatherings = {each["event"] for page in PAGES for each in page.get("gatherings", []) if each.get("event")}
    assert reports
    assert gatherings
    assert (linked | chosen | reports | gatherings) <= PATHS
    assert {page["path"].rsplit("/", 2)[0] + "/" for page in PAGES if page["path"] != "/"} <= PATHS


@pytest.mark.parametrize("store", ["images", "documents"])
def test_every_file_exists_is_used_and_small(store: str) -> None:
    keys = set(PACKAGE[store])
    files = {DEMO / each["file"] for each in PACKAGE[store].values()}
    assert files == set((DEMO / store).iterdir())
    assert all(file.stat().st_size <= 80_000 for file in files)
    if store == "images":
        assert {use["image"] for use in image_uses()} == keys
    else:
        used = {key for text in texts() for key in re.findall(r"document:([\w-]+)", text)}
        assert used == keys


def test_images_open_and_one_is_upright() -> None:
    sizes = [Image.open(DEMO / each["file"]).size for each in PACKAGE["images"].values()]
    assert any(height > width for width, height in sizes)
    assert all(max(size) >= 1600 for size in sizes)


def test_documents_are_pdf_files_whose_index_is_right() -> None:
    for each in PACKAGE["documents"].values():
        content = (DEMO / each["file"]).read_bytes()
        offsets = [int(offset) for offset in re.findall(rb"(\d{10}) 00000 n", content)]
        assert content.startswith(b"%PDF-1.7")
        assert all(content[offset:].startswith(b"%d 0 obj" % place) for place, offset in enumerate(offsets, start=1))


def test_topics_and_municipalities_are_known() -> None:
    labels = {topic["label"] for topic in PACKAGE["topics"]}
    slugs = {topic["slug"] for topic in PACKAGE["topics"]}
    assert {label for page in PAGES for label in page.get("topics", [])} == labels
    assert {block["value"]["topic"] for page in PAGES for block in page["body"] if "topic" in block["value"]} <= slugs
    numbers = {number for page in PAGES for number in page.get("municipalities", [])}
    places = {each["municipality"] for each in walk(PAGES) if isinstance(each, dict) and "municipality" in each}
    assert numbers | places <= set(municipalities())


def test_the_site_says_who_is_behind_it() -> None:
    site = PACKAGE["site"]
    assert set(site) == {"name", "contact", "social", "footer", "accessibility_statement", "privacy"}
    assert all(site.values())
    assert all(set(redirect) == {"from", "to", "permanent"} for redirect in PACKAGE["redirects"])


# What stops publishing, or warns


def test_images_are_described_or_decorative_and_credited() -> None:
    for use in image_uses():
        assert bool(use["alt"]) != use["decorative"], use
        assert use["credit"], use
        assert use["decorative"] or use["alt"] != use["caption"], use
    assert any(use["decorative"] for use in image_uses())


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event["path"])
def test_events_have_times_that_agree(event: dict[str, Any]) -> None:
    start, end = parse(event["start"]), parse(event["end"])
    assert start <= end
    assert isinstance(start, datetime) != event["all_day"]
    assert event["attendance"] == "digital" or event["place"]
    assert (event["attendance"] == "place") != bool(event.get("stream_url"))
    if event.get("registration_deadline"):
        assert day(event["registration_deadline"]) <= day(event["start"])
    for item in event.get("programme", []):
        assert day(event["start"]) <= day(item.get("date", event["start"])) <= day(event["end"])
        assert time.fromisoformat(item["start"])
        assert time.fromisoformat(item["end"])
    if event["start"][:10] != event["end"][:10]:
        assert all(item["date"] for item in event.get("programme", []))


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event["path"])
def test_a_track_does_one_thing_at_a_time(event: dict[str, Any]) -> None:
    tracks: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for item in event.get("programme", []):
        until = item["end"] if item["end"] > item["start"] else "24:00"
        tracks.setdefault((item.get("date", ""), item.get("track", "")), []).append((item["start"], until))
    for times in tracks.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(times)))


def test_dates_are_as_precise_as_they_claim() -> None:
    periods = [page["period"] for page in PAGES if page["type"] == "showcase"]
    dates = [value for period in periods for value in period.values() if value]
    dates += [each["date"] for page in PAGES for each in page.get("gatherings", [])]
    assert {len(value) for value in dates} == {4, 7, 10}
    assert all(PARTIAL_DATE.fullmatch(value) for value in dates)
    for block in (block for page in PAGES for block in page["body"] if block["type"] == "deadline"):
        assert date.fromisoformat(block["value"]["date"])


def test_headings_do_not_skip_a_level() -> None:
    for page in PAGES:
        levels = [1] + [block["value"]["level"] for block in page["body"] if block["type"] == "heading"]
        assert all(after - before <= 1 for before, after in pairwise(levels)), page["path"]


def test_links_say_where_they_lead() -> None:
    anchors = [text for each in texts() for text in re.findall(r"<a [^>]*>(.*?)</a>", each)]
    links = [block["value"]["text"] for page in PAGES for block in page["body"] if block["type"] == "link_block"]
    assert anchors
    assert not {text.casefold() for text in anchors + links} & {"her", "les mer", "les meir", "here", "read more"}


# Words of our own


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the pages that the facts come from are not beside this checkout")
def test_facts_are_retold_in_our_own_words() -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", re.sub(r"<[^>]+>", " ", text).casefold())
        return {tuple(words[place : place + 8]) for place in range(len(words) - 7)}

    theirs = {run for path in SEEDS.glob("*.txt") for run in runs(path.read_text(encoding="utf-8"))}
    assert not {run for text in texts() for run in runs(text)} & theirs
