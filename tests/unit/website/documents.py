"""A full document per type, with every block type, as the API serves them."""

from __future__ import annotations

from typing import Any

SITE: dict[str, Any] = {
    "name": "Innlandet i utvikling",
    "locales": ["nb"],
    "default_locale": "nb",
    "contact": {
        "name": "KS Innlandet",
        "address": "Parkgata 64\n2317 Hamar",
        "email": "post@example.org",
        "phone": "62 00 00 00",
        "organisation_number": "971 032 146",
    },
    "social": [
        {"kind": "external", "title": "Facebook", "url": "https://example.org/fb"}
        | dict.fromkeys(("path", "id", "type"))
    ],
    "footer": {"html": "<p>Vi deler erfaringer fra kommunene i regionen.</p>", "links": []},
    "accessibility_statement": None,
    "privacy": None,
}


def page_link(title: str, path: str, id_: int = 9, type_: str = "section") -> dict[str, Any]:
    return {"kind": "page", "title": title, "url": path, "path": path, "id": id_, "type": type_}


def link(title: str, url: str) -> dict[str, Any]:
    return {"kind": "external", "title": title, "url": url, "path": None, "id": None, "type": None}


SITE["accessibility_statement"] = page_link("Tilgjengelighetserklæring", "/tilgjengelighet/")
SITE["privacy"] = page_link("Personvern", "/personvern/")

NAVIGATION: dict[str, Any] = {
    "main": [
        page_link("Nyheter", "/nyheter/") | {"children": []},
        page_link("Arrangement", "/arrangement/") | {"children": [page_link("Tidligere", "/arrangement/tidligere/")]},
        page_link("Prosjekter", "/prosjekter/") | {"children": []},
        page_link("Nettverk", "/nettverk/") | {"children": []},
        page_link("Om oss", "/om-oss/", type_="page") | {"children": []},
    ],
    "footer": [page_link("Om nettstedet", "/om/") | {"children": []}],
}

HAMAR = {"number": "3403", "name": "Hamar", "county": {"number": "34", "name": "Innlandet"}}
LILLEHAMMER = {"number": "3405", "name": "Lillehammer", "county": {"number": "34", "name": "Innlandet"}}
TOPICS = [{"slug": "arbeidsliv", "label": "arbeidsliv"}, {"slug": "inkludering", "label": "inkludering"}]


def image(name: str = "sal", **changes: Any) -> dict[str, Any]:
    return {
        "id": 5,
        "alt": "Deltakere ved runde bord i en sal",
        "decorative": False,
        "caption": "",
        "credit": "",
        "licence": "",
        "width": 1600,
        "height": 1067,
        "focal_point": {"x": 0.5, "y": 0.33},
        "src": f"/media/{name}-960.jpg",
        "sources": [
            {
                "type": kind,
                "srcset": ", ".join(f"/media/{name}-{width}.{end} {width}w" for width in (320, 640, 960, 1600)),
            }
            for kind, end in (("image/avif", "avif"), ("image/webp", "webp"), ("image/jpeg", "jpg"))
        ],
        "original": {"src": f"/media/{name}-1600.jpg", "width": 1600, "height": 1067, "bytes": 240_000},
    } | changes


def rich(html: str) -> dict[str, Any]:
    return {"html": html, "links": []}


def person(name: str, title: str = "", organisation: str = "", email: str = "", phone: str = "") -> dict[str, str]:
    return {"name": name, "title": title, "organisation": organisation, "email": email, "phone": phone}


FILE = {
    "title": "Program for samlingene",
    "url": "/media/documents/program.pdf",
    "size": 1_234_567,
    "content_type": "application/pdf",
}


def summary(id_: int, type_: str, title: str, path: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "type": type_,
        "locale": "nb",
        "language": "nb",
        "title": title,
        "path": path,
        "url": path,
        "api_url": f"/api/v1/content/{id_}/",
        "summary": "Kort om hva dette handler om, i én eller to setninger.",
        "image": None,
        "first_published_at": "2024-03-11T10:00:00+01:00",
        "last_published_at": "2024-03-12T08:30:00+01:00",
    } | changes


def document(id_: int, type_: str, title: str, path: str, **changes: Any) -> dict[str, Any]:
    return (
        summary(id_, type_, title, path)
        | {
            "body": [],
            "breadcrumbs": [{"id": 2, "title": "Forside", "path": "/"}],
            "translations": [{"locale": "nb", "title": title, "path": path, "url": path}],
            "related": [],
            "similar_url": f"/api/v1/search/?similar_to={id_}",
            "seo": {
                "title": title,
                "description": "Beskrivelse for søkemotorer.",
                "image": None,
                "canonical_url": path,
                "noindex": False,
                "json_ld": [{"@context": "https://schema.org", "@type": "WebPage", "name": title}],
            },
            "version": 1,
        }
        | changes
    )


def event_summary(**changes: Any) -> dict[str, Any]:
    return (
        summary(
            21,
            "event",
            "Arbeidslivskonferansen",
            "/arrangement/arbeidslivskonferansen/",
            start="2019-09-12T09:00:00+02:00",
            end=None,
            all_day=False,
            status="planned",
            status_text="",
            attendance="both",
            place={"name": "Kulturhuset Banken", "address": "", "municipality": LILLEHAMMER},
            registration_url="https://example.org/pamelding",
            registration_deadline=None,
            registration_full=False,
            topics=TOPICS,
            municipalities=[LILLEHAMMER],
            image=image("banken"),
        )
        | changes
    )


NEWS_SUMMARY = summary(
    22,
    "news-article",
    "Godt oppmøte på strategikonferansene",
    "/nyheter/strategi/",
    kind="news",
    topics=TOPICS,
    image=image("scene"),
)
SHOWCASE_SUMMARY = summary(
    23,
    "showcase",
    "Kulturhjertet",
    "/prosjekter/kulturhjertet/",
    project_name="Kulturhjertet",
    municipalities=[LILLEHAMMER],
    counties=[LILLEHAMMER["county"]],
    topics=TOPICS,
    status="ongoing",
    period={"start": "2018", "end": None},
    image=image("kor"),
)
ENGLISH_SUMMARY = summary(
    24, "page", "About the region", "/about/", language="en", summary="Who we are and what we do.", image=None
)

BLOCKS: list[dict[str, Any]] = [
    {"id": f"b{number}", "type": type_, "value": value}
    for number, (type_, value) in enumerate(
        [
            (
                "paragraph",
                rich(
                    '<p>Ny <strong>regional plan</strong> er på høring, se <a href="/nyheter/plan/">planen</a>. '
                    '<span lang="en">Inclusive by design</span> er mottoet.</p>'
                    "<ul><li>Flere inn i arbeidslivet</li><li>Likestilling og mangfold på arbeidsplassen</li></ul>"
                ),
            ),
            ("heading", {"text": "Kommunene må tenke nytt", "level": 2}),
            ("paragraph", rich("<p>Demografi og utenforskap krever aktive grep i årene som kommer.</p>")),
            (
                "quote",
                {
                    "text": "Likestilt arbeidsliv gir oss muligheter.\n\nVi må ikke la denne sjansen gå fra oss.",
                    "name": "Anne Thoresen",
                    "role": "fylkespolitiker (Ap)",
                    "lang": "",
                },
            ),
            ("quote", {"text": "Work is where people belong.", "name": "", "role": "", "lang": "en"}),
            (
                "image",
                image("scene", alt="Foredragsholder på scenen", caption="Konferansen samlet ordførere.", credit="KS"),
            ),
            ("heading", {"text": "Et sprang i nivå", "level": 4}),
            (
                "gallery",
                {
                    "images": [
                        image(
                            "bord", caption="Tre kvinner ved et bord", alt="Tre kvinner ved et bord.", credit="Arkiv"
                        ),
                        image(
                            "talerstol",
                            alt="Mann ved talerstol",
                            caption="Daglig leder holdt innlegg.",
                            licence="CC BY 4.0",
                            credit="KS",
                        ),
                        image("kor", alt="", decorative=True),
                    ]
                },
            ),
            (
                "link_block",
                {"icon": "sign-up", "text": "Meld deg på", "link": link("Meld deg på", "https://example.org/p")},
            ),
            (
                "link_block",
                {
                    "icon": "read-more",
                    "text": "Les om konferansen",
                    "link": page_link("Konferansen", "/arrangement/k/"),
                },
            ),
            (
                "embed",
                {
                    "url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
                    "title": "Direktesending fra konferansen",
                    "provider": "youtube",
                    "embed_url": "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
                    "html": '<iframe src="https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"></iframe>',
                    "thumbnail": None,
                    "starts_at": "2019-09-12T09:00:00+02:00",
                    "transcript": rich("<p>Velkommen til konferansen.</p>"),
                },
            ),
            (
                "embed",
                {
                    "url": "https://video.example.org/7",
                    "title": "Opptak hos en annen",
                    "provider": "",
                    "embed_url": None,
                    "html": None,
                    "thumbnail": None,
                    "starts_at": None,
                    "transcript": rich(""),
                },
            ),
            (
                "fact_box",
                {"title": "Om ordningen", "html": "<p>En sertifisering for virksomheter.</p>", "links": []},
            ),
            (
                "deadline",
                {
                    "label": "Høring",
                    "date": "2022-10-15",
                    "text": "Utkastet er ute på høring.",
                    "link": link("Send inn høringssvar", "https://example.org/horing"),
                    "documents": [FILE],
                },
            ),
            ("document", FILE),
            (
                "table",
                {
                    "caption": "Innbyggere i arbeid",
                    "header_row": True,
                    "header_column": True,
                    "rows": [
                        ["Kommune", "2019", "2024"],
                        ["Hamar", "15 200", "16 100"],
                        ["Lillehammer", "13 900", "14 300"],
                    ],
                },
            ),
            (
                "accordion",
                {
                    "items": [
                        {"title": "Hvem kan delta?", "html": "<p>Alle kommuner i regionen.</p>", "links": []},
                        {"title": "Hva koster det?", "html": "<p>Det er gratis.</p>", "links": []},
                    ]
                },
            ),
            (
                "figures",
                {
                    "items": [
                        {"value": "70", "label": "deltakere", "source": "KS"},
                        {"value": "18", "label": "kommuner", "source": ""},
                        {"value": "46 %", "label": "har gitt innspill", "source": ""},
                    ]
                },
            ),
            (
                "contacts",
                {"people": [person("Hilde Holtesmo", "seniorrådgiver", "KS", "hilde@example.org", "900 00 000")]},
            ),
            (
                "cards",
                {
                    "title": "Gode eksempler",
                    "items": [
                        {
                            "title": "Kulturhjertet",
                            "summary": SHOWCASE_SUMMARY["summary"],
                            "image": SHOWCASE_SUMMARY["image"],
                            "link": page_link("Kulturhjertet", "/prosjekter/kulturhjertet/", 23, "showcase"),
                            "page": SHOWCASE_SUMMARY,
                        },
                        {
                            "title": "About the region",
                            "summary": "Who we are and what we do.",
                            "image": None,
                            "link": page_link("About the region", "/about/", 24, "page"),
                            "page": ENGLISH_SUMMARY,
                        },
                        {
                            "title": "Et annet nettsted",
                            "summary": "",
                            "image": None,
                            "link": link("Et annet nettsted", "https://example.org/"),
                            "page": None,
                        },
                    ],
                },
            ),
            (
                "listing",
                {
                    "title": "Siste nytt",
                    "api_url": "/api/v1/news/?order=newest",
                    "results": [NEWS_SUMMARY, event_summary()],
                    "more": page_link("Alle nyheter", "/nyheter/"),
                },
            ),
            (
                "listing",
                {"title": "Kommer snart", "api_url": "/api/v1/events/?when=upcoming", "results": None, "more": None},
            ),
            ("not_invented_yet", {"text": "Nothing may be shown of this."}),
        ],
        1,
    )
]


def slot(
    start: str, end: str | None, kind: str, title: str, *speakers: dict[str, str], **changes: Any
) -> dict[str, Any]:
    return {
        "id": f"p{start}",
        "date": "2019-01-31",
        "start": start,
        "end": end,
        "kind": kind,
        "title": title,
        "description": rich(""),
        "place": "",
        "track": "",
        "speakers": list(speakers),
        "links": [],
    } | changes


HOME = document(
    2,
    "home",
    "Kommunene i Innlandet lærer av hverandre",
    "/",
    breadcrumbs=[],
    summary="Nyheter, arrangement og gode eksempler fra hele regionen.",
    body=[block for block in BLOCKS if block["type"] in {"cards", "listing", "figures"}],
)
SECTION = document(
    3,
    "section",
    "Arrangement",
    "/arrangement/",
    summary="Konferanser, seminarer og møter",
    listing={"types": ["event"], "order": "latest", "filters": {}, "api_url": "/api/v1/events/?order=latest"},
    children=[
        {
            "id": 31,
            "type": "section",
            "title": "Tidligere arrangement",
            "path": "/arrangement/tidligere/",
            "url": "/arrangement/tidligere/",
        }
    ],
)
PAGE = document(4, "page", "Om oss", "/om-oss/", body=BLOCKS, contacts=[person("Trond Lesjø", "regiondirektør", "KS")])
NEWS = document(
    5,
    "news-article",
    "Flere inn i arbeidslivet",
    "/nyheter/flere-inn-i-arbeidslivet/",
    summary="Hvordan skal vi få et inkluderende og likestilt arbeidsliv i Innlandet?",
    breadcrumbs=[{"id": 2, "title": "Forside", "path": "/"}, {"id": 8, "title": "Nyheter", "path": "/nyheter/"}],
    kind="news",
    authors=[person("Inger Stubsjøen", "rådgiver")],
    topics=TOPICS,
    municipalities=[HAMAR],
    contacts=[],
    image=image("sal", caption="40 personer deltok på seminaret.", credit="Inger Stubsjøen"),
    body=BLOCKS,
    related=[
        event_summary(reason="chosen"),
        SHOWCASE_SUMMARY | {"reason": "linked"},
        ENGLISH_SUMMARY | {"reason": "linked"},
    ],
)
EVENT = document(
    6,
    "event",
    "Hvordan lykkes vi best med inkludering?",
    "/arrangement/inkludering/",
    summary="Å falle utenfor koster både menneskelig og økonomisk.",
    breadcrumbs=[
        {"id": 2, "title": "Forside", "path": "/"},
        {"id": 3, "title": "Arrangement", "path": "/arrangement/"},
    ],
    image=image("ungdom", alt="Ungdommer rundt et bord", credit="Arkiv"),
    start="2019-01-31T09:00:00+01:00",
    end="2019-01-31T11:30:00+01:00",
    all_day=False,
    status="planned",
    status_text="",
    attendance="both",
    place={"name": "Kulturhuset Banken", "address": "Kirkegata 41", "municipality": LILLEHAMMER},
    stream_url="https://example.org/direkte",
    registration_url="https://example.org/pamelding",
    registration_deadline="2019-01-24",
    registration_full=False,
    organisers=["KS"],
    moderators=[person("Erik Aasheim", "NRK-veteran og forfatter")],
    programme=[
        slot("09:00", "09:10", "welcome", "Velkommen", person("Gunn Marit Helgesen", "styreleder", "KS")),
        slot(
            "09:10",
            "09:45",
            "talk",
            "Rekruttering av personer som står utenfor arbeidslivet",
            person("Inger Hegna", "rådmann", "Aurskog-Høland kommune"),
            person("Gina Ihle Frogner", "", "Bærum kommune"),
            description=rich("<p>Metoder for å rekruttere til ordinært arbeid.</p>"),
        ),
        slot("10:15", "10:30", "break", "Pause med småmat"),
        slot(
            "10:30",
            "11:10",
            "workshop",
            "Fra ord til handling",
            track="Spor A",
            place="Lillesal",
            links=[link("Arbeidsark", "https://example.org/ark")],
        ),
        slot("10:30", "11:10", "panel", "Hva gjør næringslivet?", track="Spor B", place="Storsal"),
        slot("11:30", None, "meal", "Matservering"),
        slot("09:00", "10:00", "other", "Studiebesøk", date="2019-02-01"),
    ],
    images=[image("scene", alt="Scene", caption="Fra fjorårets møte", credit="KS"), image("kor", alt="Et kor")],
    report=NEWS_SUMMARY,
    topics=TOPICS,
    municipalities=[LILLEHAMMER],
    contacts=[person("Hilde Holtesmo", "seniorrådgiver", "KS", "hilde@example.org", "900 00 000")],
    body=BLOCKS[:3],
    related=[SHOWCASE_SUMMARY | {"reason": "linked"}],
)
SHOWCASE = document(
    7,
    "showcase",
    "En møteplass for nye og gamle innbyggere",
    "/prosjekter/kulturhjertet/",
    project_name="Kulturhjertet",
    municipalities=[LILLEHAMMER, HAMAR],
    counties=[LILLEHAMMER["county"]],
    topics=TOPICS,
    status="completed",
    period={"start": "2015-08", "end": "2019"},
    partners=["Nav", "Lillehammer kommune"],
    contacts=[],
    results=rich("<p>35 barn og unge møtes hver onsdag.</p>"),
    images=[image("kor", alt="Et kor på scenen")],
    body=BLOCKS[:4],
)
NETWORK = document(
    8,
    "network",
    "Nettverk for framtidsrettet arbeidsgiverpolitikk",
    "/nettverk/arbeidsgiverpolitikk/",
    purpose="Utvikle en framtidsrettet arbeidsgiverpolitikk",
    organisers=["KS Innlandet", "KS Konsulent"],
    members=["Hamar kommune", "Lillehammer kommune"],
    topics=TOPICS,
    municipalities=[],
    contacts=[],
    gatherings=[
        {
            "id": "g1",
            "number": 1,
            "title": "Samling 1",
            "date": None,
            "attendance": "place",
            "place": {"name": "Elverum", "address": "", "municipality": None},
            "event": None,
        },
        {
            "id": "g2",
            "number": 2,
            "title": "Samling 2",
            "date": "2024-05",
            "attendance": "digital",
            "place": None,
            "event": None,
        },
        {
            "id": "g3",
            "number": 3,
            "title": "",
            "date": "2024-08-29",
            "attendance": "place",
            "place": {"name": "Hamar", "address": "", "municipality": HAMAR},
            "event": event_summary(),
        },
    ],
    body=BLOCKS[:3],
)
FOREIGN = document(25, "recipe", "Rømmegrøt", "/mat/romme/", body=BLOCKS[:3], topics=TOPICS, image=image())
"""A plugin's type that has no template."""

ALL = {each["type"]: each for each in (HOME, SECTION, PAGE, NEWS, EVENT, SHOWCASE, NETWORK, FOREIGN)}


def search_answer(**changes: Any) -> dict[str, Any]:
    """What ``/api/v1/search/?q=konferanse&topic=arbeidsliv`` answers."""
    none: dict[str, Any] = {"title": None, "body": []}
    return {
        "query": "konferanse",
        "total": 43,
        "results": [
            event_summary()
            | {
                "score": 9.1,
                "highlight": {
                    "title": "<mark>Arbeidslivskonferansen</mark>",
                    "body": ["Tema for årets <mark>konferanse</mark>"],
                },
            },
            NEWS_SUMMARY | {"score": 5.0, "highlight": none},
            ENGLISH_SUMMARY | {"score": 1.0, "highlight": none},
        ],
        "facets": {
            "type": {
                "label": "Type",
                "more": False,
                "values": [
                    {"value": "event", "label": "Arrangement", "count": 12, "selected": False},
                    {"value": "news-article", "label": "Nyhet", "count": 8, "selected": False},
                ],
            },
            "topic": {
                "label": "Tema",
                "more": False,
                "values": [
                    {"value": slug, "label": slug, "count": 12 - number, "selected": slug == "arbeidsliv"}
                    for number, slug in enumerate(
                        ("inkludering", "arbeidsliv", "helse", "kraft", "kultur", "likestilling", "miljø")
                    )
                ],
            },
            "municipality": {
                "label": "Kommune",
                "more": False,
                "values": [
                    {"value": "3405", "label": "Lillehammer", "count": 4, "selected": False},
                ],
            },
            "county": {"label": "Fylke", "more": False, "values": []},
        },
        "did_you_mean": None,
        "next": None,
        "engine": "tantivy",
        "degraded": False,
    } | changes
