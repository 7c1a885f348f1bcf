"""One page of each bundled type with every key filled, and a body with every block."""

from __future__ import annotations

from typing import Any

PERSON = {
    "name": "Kari Nordmann",
    "title": "Rådgiver",
    "organisation": "Hamar kommune",
    "email": "kari@example.org",
    "phone": "+47 62 56 30 00",
}
PLACE = {"name": "Rådhuset", "address": "Vangsvegen 51", "municipality": "3403"}
PICTURE = {"image": "picture", "alt": "Et rådhus", "caption": "Rådhuset i Hamar", "credit": "Arkiv"}
LINK = {"url": "https://www.example.org/program", "title": "Program på nettstedet"}
RICH = {"html": "<p>Velkommen <strong>alle</strong> til <a href='https://www.example.org/'>byen</a>.</p>"}
ITEM = {"title": "Hvem kan søke?", "html": "<p>Alle kommuner.</p>"}

BODY: list[dict[str, Any]] = [
    {"type": "heading", "value": {"text": "Bakgrunn", "level": 2}},
    {"type": "paragraph", "value": RICH},
    {"type": "quote", "value": {"text": "Det nyttar.", "name": "Ola", "role": "Ordfører", "lang": "nn"}},
    {"type": "fact_box", "value": ITEM},
    {"type": "accordion", "value": {"items": [ITEM]}},
    {
        "type": "deadline",
        "value": {"label": "Søknad", "date": "2026-03-01", "text": "Før midnatt", "link": LINK, "documents": ["file"]},
    },
    {"type": "image", "value": PICTURE},
    {"type": "gallery", "value": {"images": [PICTURE]}},
    {
        "type": "embed",
        "value": {
            "url": "https://vimeo.com/76979871",
            "title": "Opptak",
            "thumbnail": PICTURE,
            "starts_at": "2026-01-31T09:00:00+01:00",
            "transcript": {"html": "<p>Vi begynner.</p>"},
        },
    },
    {"type": "document", "value": "file"},
    {"type": "link_block", "value": {"icon": "sign-up", "text": "Meld deg på konferansen", "link": LINK}},
    {
        "type": "cards",
        "value": {"title": "Se også", "items": [{"title": "Kort", "summary": "Om kortet", "link": LINK}]},
    },
    {"type": "listing", "value": {"title": "Siste", "types": ["event"], "order": "soonest", "limit": 3, "more": LINK}},
    {"type": "listing", "value": {"title": "Kommende", "types": ["event"], "when": "upcoming", "municipality": "3403"}},
    {"type": "contacts", "value": {"people": [PERSON]}},
    {"type": "table", "value": {"caption": "Tall", "header_row": True, "rows": [["År", "Antall"], ["2025", "46"]]}},
    {"type": "figures", "value": {"items": [{"value": "46", "label": "kommuner", "source": "SSB"}]}},
]
ABOUT: dict[str, Any] = {
    "topics": ["Arbeidsmiljø"],
    "municipalities": ["3403", "5501"],
    "contacts": [PERSON],
    "body": BODY,
}

HOME: dict[str, list[dict[str, Any]]] = {
    "home": [{"body": BODY}],
    "section": [
        {
            "body": BODY,
            "listing": {"types": ["event", "page"], "order": "title", "filters": {"topic": ["arbeidsmiljo"]}},
        }
    ],
    "page": [{"contacts": [PERSON], "body": BODY}],
}

ARTICLES: dict[str, list[dict[str, Any]]] = {
    "news-article": [{"kind": "consultation", "authors": [PERSON], **ABOUT}],
    "event": [
        {
            "start": "2026-01-31T09:00:00+01:00",
            "end": "2026-01-31T11:30:00+01:00",
            "status": "postponed",
            "status_text": "Ny dato kommer",
            "attendance": "both",
            "place": PLACE,
            "stream_url": "https://video.example.org/1",
            "registration_url": "https://example.org/",
            "registration_deadline": "2026-01-20T12:00:00+01:00",
            "organisers": ["KS"],
            "moderators": [PERSON],
            "programme": [
                {
                    "start": "09:00",
                    "end": "09:30",
                    "kind": "talk",
                    "title": "Velkommen",
                    "description": RICH,
                    "place": "Sal A",
                    "track": "1",
                    "speakers": [PERSON],
                    "links": [LINK],
                }
            ],
            "images": [PICTURE],
            **ABOUT,
        },
        {"start": "2026-03-07", "end": "2026-03-08", "all_day": True, "registration_deadline": "2026-03-01"},
    ],
    "showcase": [
        {
            "project_name": "Heiltid",
            "status": "completed",
            "period": {"start": "2023", "end": "2024-06"},
            "partners": ["NTNU"],
            "results": RICH,
            "images": [PICTURE],
            **ABOUT,
        }
    ],
    "network": [
        {
            "purpose": "Lære av hverandre",
            "organisers": ["KS"],
            "members": ["Hamar kommune"],
            "gatherings": [
                {"number": 1, "title": "Oppstart", "date": "2024-05", "attendance": "place", "place": PLACE},
                {"number": 2, "title": "Digitalt", "date": "2024-10-02", "attendance": "digital"},
            ],
            **ABOUT,
        }
    ],
}
