"""A small package with every type and every kind of reference; its pictures are drawn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PIL import Image

from cms.content.packages.source import FORMAT

EVENT = 3
"""Position of the event in ``pages``."""


def content() -> dict[str, Any]:
    return {
        "format": FORMAT,
        "site": {
            "name": "Samarbeidet",
            "contact": {"name": "Sekretariatet", "email": "post@example.org"},
            "social": [{"url": "https://example.org/sosialt", "title": "Sosialt"}],
            "footer": "<p>Se <a href='page:/om-oss/'>om oss</a>.</p>",
            "footer_menu": [{"url": "page:/om-oss/"}],
            "privacy": {"url": "page:/om-oss/"},
        },
        "topics": [{"slug": "kraft", "label": "Kraft og nett"}],
        "redirects": [{"from": "/gammel/", "to": "page:/arrangement/fagdag/", "permanent": False}],
        "images": {
            "sal": {
                "file": "images/sal.png",
                "title": "Salen",
                "alt": "En sal",
                "credit": "Kari",
                "licence": "cc0",
                "consent_until": "2040-01-31",
                "focal_point": {"x": 0.25, "y": 0.5},
            },
            "mjosa": {"file": "images/mjosa.png", "title": "Mjøsa"},
        },
        "documents": {"program": {"file": "documents/program.txt", "title": "Program"}},
        "pages": [
            {"type": "home", "path": "/", "title": "Samarbeidet", "body": [_cards(), _listing()]},
            {"type": "page", "path": "/om-oss/", "title": "Om oss", "language": "nn", "contacts": [{"name": "Kari"}]},
            {"type": "section", "path": "/arrangement/", "title": "Arrangement", "listing": {"types": ["event"]}},
            _event(),
            _news(),
            _showcase(),
            _network(),
        ],
    }


def _cards() -> dict[str, Any]:
    items = [{"link": {"url": "page:/arrangement/fagdag/"}}, {"link": {"url": "https://example.org/"}, "title": "Ute"}]
    return {"type": "cards", "value": {"title": "Les", "items": items}}


def _listing() -> dict[str, Any]:
    more = {"url": "page:/nyheter/", "title": "Alle"}
    return {
        "type": "listing",
        "value": {"types": ["news-article"], "topic": "kraft", "under": "/nyheter/", "more": more},
    }


def _event() -> dict[str, Any]:
    return {
        "type": "event",
        "path": "/arrangement/fagdag/",
        "locale": "nb",
        "title": "Fagdag",
        "summary": "Om kraft",
        "source": "et notat",
        "first_published_at": "2019-01-02T10:00:00+01:00",
        "image": {"image": "sal", "alt": "Full sal", "caption": "Fra salen", "credit": "Ola"},
        "start": "2019-01-31T09:00:00+01:00",
        "end": "2019-01-31T11:30:00+01:00",
        "attendance": "both",
        "place": {"name": "Banken", "municipality": "3405"},
        "stream_url": "https://example.org/direkte",
        "registration_deadline": "2019-01-20",
        "organisers": ["KS"],
        "moderators": [{"name": "Erik", "title": "leder"}],
        "report": "/nyheter/referat/",
        "topics": ["Kraft og nett", "Næring"],
        "municipalities": ["3405", "3403"],
        "images": [{"image": "mjosa", "decorative": True, "credit": "Ola"}],
        "seo": {"description": "Kort", "noindex": True},
        "programme": [
            {
                "start": "10:00",
                "end": "11:30",
                "kind": "talk",
                "title": "Foredrag",
                "description": "<p>Se <a href='document:program'>programmet</a></p>",
                "speakers": [{"name": "Inger", "organisation": "Kommunen"}],
                "links": [{"url": "page:/om-oss/"}],
            },
            {"start": "09:00", "end": "09:10", "kind": "welcome", "title": "Velkommen"},
        ],
        "body": [
            {"type": "heading", "value": {"text": "Bakgrunn", "level": 2}},
            {
                "type": "paragraph",
                "value": {"html": "<p><b>Les</b> <a href='page:/nettverk/styrking/'>om nettverket</a></p>"},
            },
            {"type": "image", "value": "sal"},
            {"type": "embed", "value": {"url": "https://vimeo.com/76979871", "title": "Opptak", "thumbnail": "sal"}},
            {"type": "document", "value": "program"},
            {
                "type": "link_block",
                "value": {"text": "Meld deg på", "icon": "sign-up", "link": {"url": "tel:62 00 00 00"}},
            },
        ],
    }


def _news() -> dict[str, Any]:
    return {
        "type": "news-article",
        "path": "/nyheter/referat/",
        "title": "Referat",
        "kind": "press-release",
        "authors": [{"name": "Tone"}],
        "related": ["/arrangement/fagdag/"],
        "topics": ["kraft"],
        "body": [
            {"type": "quote", "value": {"text": "Vi lærte mye", "name": "Aud", "role": "leder"}},
            {"type": "fact_box", "value": {"title": "Fakta", "html": "<p>Tall</p>"}},
            {"type": "accordion", "value": {"items": [{"title": "Hva?", "html": "<p>Dette</p>"}]}},
            {
                "type": "deadline",
                "value": {
                    "label": "Høring",
                    "date": "2022-10-15",
                    "link": {"url": "mailto:post@example.org"},
                    "documents": ["program"],
                },
            },
            {"type": "gallery", "value": {"images": [{"image": "sal", "caption": "Salen full"}]}},
            {"type": "table", "value": {"caption": "Tall", "header_row": True, "rows": [["a", "b"], ["1", "2"]]}},
            {"type": "figures", "value": {"items": [{"value": "46", "label": "kommuner"}]}},
            {"type": "contacts", "value": {"people": [{"name": "Kari", "email": "kari@example.org"}]}},
        ],
    }


def _showcase() -> dict[str, Any]:
    return {
        "type": "showcase",
        "path": "/prosjekter/arkiv/kulturhjertet/",
        "title": "Kulturhjertet",
        "project_name": "Kulturhjertet",
        "status": "completed",
        "period": {"start": "2011", "end": "2014-05"},
        "partners": ["KS"],
        "municipalities": ["3405"],
        "results": {"html": "<p>Arbeid</p>"},
    }


def _network() -> dict[str, Any]:
    return {
        "type": "network",
        "path": "/nettverk/styrking/",
        "title": "Styrking",
        "purpose": "Lære",
        "members": ["HR"],
        "gatherings": [
            {"number": 1, "title": "Oppstart", "date": "2024-05", "attendance": "digital"},
            {
                "number": 2,
                "title": "Fagdag",
                "date": "2024-08-29",
                "place": {"name": "Gjøvik", "municipality": "3407"},
                "event": "/arrangement/fagdag/",
            },
        ],
    }


def write(folder: Path, data: Any) -> Path:
    """A package on disk; files that are there stay."""
    for index, name in enumerate(("sal", "mjosa")):
        path = folder / "images" / f"{name}.png"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (400, 300 + index), (40, 90, 120 + index)).save(path)
    (folder / "documents").mkdir(exist_ok=True)
    (folder / "documents" / "program.txt").write_text("09:00 Velkommen\n")
    (folder / "content.json").write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return folder
