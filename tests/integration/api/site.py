"""The pages of the tests' site."""

from __future__ import annotations

import json
from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from wagtail.models import Page

from articles.models import Event, Network, NewsArticle, Showcase
from cms.content.models import ContentImage
from cms.content.times import OSLO
from cms.content.topics import Topic
from cms.setup.home_page import ensure_home_page
from home.models import PlainPage, SectionPage


def build() -> dict[str, Any]:
    home: Any = ensure_home_page() or Page.objects.get(depth=2).specific
    topics = [Topic.objects.create(label=label) for label in ("Arbeidsliv", "Skole")]
    news = _add(home, SectionPage(title="Nyheter", slug="nyheter", summary="Alt nytt"))
    events = _add(home, SectionPage(title="Arrangement", slug="arrangement", show_in_menus=True))
    report = _add(
        news, NewsArticle(title="Konferansen samlet mange", slug="rapport", kind="news", body=_body(home, _image()))
    )
    pages = {
        "home": home,
        "news": news,
        "events": events,
        "report": report,
        "article": _add(
            news,
            NewsArticle(
                title="Høring om ny plan",
                slug="høring",
                kind="consultation",
                language="nn",
                municipalities=_stream("municipality", "3405"),
            ),
        ),
        "page": _add(home, PlainPage(title="Om oss", slug="om", contacts=_stream("person", _person("Kari Nordmann")))),
        "conference": _add(
            events,
            Event(
                title="Arbeidslivskonferansen",
                slug="konferanse",
                start=datetime(2019, 1, 31, 9, tzinfo=OSLO),
                end=datetime(2019, 1, 31, 11, 30, tzinfo=OSLO),
                place=_stream("place", {"name": "Kulturhuset", "address": "Storgata 1", "municipality": "3403"}),
                programme=_stream("item", {"start": "09:00", "title": "Velkommen", "speakers": [_person("Ola")]}),
                report=report,
            ),
        ),
        "future": _add(
            events,
            Event(
                title="Fagdag",
                slug="fagdag",
                start=datetime(2099, 5, 1, tzinfo=OSLO),
                all_day=True,
                attendance="digital",
                status="postponed",
            ),
        ),
        "showcase": _add(
            home,
            Showcase(
                title="Kulturhjertet",
                slug="kulturhjertet",
                municipalities=_stream("municipality", "3405"),
                status="completed",
                period_start="2021",
                period_end="2023-05",
            ),
        ),
        "network": _add(
            home,
            Network(title="Nettverket", slug="nettverk", purpose="Å dele erfaringer", organisers=_stream("text", "KS")),
        ),
    }
    for name in ("report", "conference", "showcase"):
        pages[name].topics = topics[:1]
        pages[name].save_revision().publish()
    return pages


def _add(parent: Any, page: Any) -> Any:
    parent.refresh_from_db()
    added = parent.add_child(instance=page)
    added.save_revision().publish()
    return added


def _stream(name: str, *values: Any) -> str:
    return json.dumps([{"type": name, "value": value} for value in values])


def _person(name: str) -> dict[str, str]:
    return {"name": name, "title": "Rådgiver", "organisation": "KS", "email": "", "phone": ""}


def _image() -> ContentImage:
    buffer = BytesIO()
    Pillow.new("RGB", (640, 400), "#336699").save(buffer, "JPEG")
    file = SimpleUploadedFile("bilde.jpg", buffer.getvalue(), "image/jpeg")
    return ContentImage.objects.create(title="Bilde", file=file, default_alt="En sal", credit="KS")


def _body(target: Any, image: ContentImage) -> str:
    """Every block that a body can have."""
    link = {"page": target.pk, "title": "Forsiden"}
    text = "<p>Les om <strong>samarbeidet</strong>.</p>"
    blocks: list[tuple[str, Any]] = [
        ("heading", {"text": "Innledning", "level": "2"}),
        ("paragraph", text),
        ("quote", {"text": "Vi lærte mye", "name": "Ola", "role": "Leder", "lang": ""}),
        ("fact_box", {"title": "Fakta", "text": text}),
        ("accordion", {"items": [{"title": "Hvem?", "text": text}]}),
        ("deadline", {"label": "Høringsfrist", "date": "2027-01-01", "text": "", "link": link, "documents": []}),
        ("image", {"image": image.pk, "caption": "Fra salen"}),
        ("gallery", {"images": [{"image": image.pk, "decorative": True}]}),
        ("embed", {"url": "https://vimeo.com/76979871", "title": "Opptak", "starts_at": "2026-03-01T09:00:00+01:00"}),
        ("link_block", {"icon": "read-more", "text": "Til forsiden", "link": link}),
        ("cards", {"title": "Mer", "items": [{"link": link, "title": "", "summary": "", "image": []}]}),
        ("listing", {"title": "Arrangement", "types": ["event"], "order": "latest", "limit": 3, "more": {}}),
        ("listing", {"title": "Snart", "types": ["event"], "order": "soonest", "when": "upcoming", "more": link}),
        ("contacts", {"people": [_person("Kari Nordmann")]}),
        ("table", {"data": [["År", "Tall"], ["2024", "46"]], "first_row_is_table_header": True}),
        ("figures", {"items": [{"value": "46", "label": "kommuner", "source": "KS"}]}),
    ]
    return json.dumps([{"type": name, "value": value} for name, value in blocks])
