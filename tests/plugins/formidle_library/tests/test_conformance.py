from cms.plugins.testing import PluginConformance

VACANCY = {
    "title": "Bibliotekar",
    "employer": "Lillehammer bibliotek",
    "number": 17,
    "employment": "temporary",
    "percentage": 60,
    "opens": "2026-02-01T00:00:00+01:00",
    "closes": "2026-03-01T23:59:00+01:00",
    "starts_on": "2026-08-01",
    "remote": True,
    "apply_url": "https://example.org/apply",
    "place": {"name": "Biblioteket", "address": "Sigrid Undsets plass 1", "municipality": "3405"},
    "topics": ["Kultur"],
    "qualifications": ["Bachelor i bibliotekfag"],
    "offer": [
        {"type": "paragraph", "value": {"html": "<p>Et godt arbeidsmiljø.</p>"}},
        {
            "type": "salary",
            "value": {"range": {"least": 520000, "most": 600000}, "unit": "year", "text": "Etter avtale"},
        },
    ],
    "contacts": [{"name": "Kari Nordmann", "email": "kari@example.org"}],
    "body": [{"type": "heading", "value": {"text": "Om stillingen", "level": 2}}],
}

READING = {
    "title": "Lesekveld",
    "begins": "2026-02-05T18:00:00+01:00",
    "ends": "2026-02-05T20:00:00+01:00",
    "reader": "Ola Nordmann",
}


class TestLibrary(PluginConformance):
    plugin = "library"
    examples = {"vacancy": [VACANCY], "reading": [READING]}
