"""Words for the codes of a document. A code that is not here (a plugin's, or one added later) has no label."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS: dict[str, dict[str, Promise | str]] = {
    "type": {
        "home": _("Front page"),
        "section": _("Section"),
        "page": _("Page"),
        "news-article": _("News"),
        "event": pgettext_lazy("content type", "Event"),
        "showcase": _("Project"),
        "network": _("Network"),
    },
    "kind": {
        "news": _("News"),
        "press-release": _("Press release"),
        "consultation": _("Consultation"),
        "announcement": _("Announcement"),
    },
    "status": {
        "cancelled": _("Cancelled"),
        "postponed": _("Postponed"),
        "planned": pgettext_lazy("project status", "Planned"),
        "ongoing": pgettext_lazy("project status", "Ongoing"),
        "completed": pgettext_lazy("project status", "Completed"),
    },
    "attendance": {
        "place": _("In person"),
        "digital": _("Online"),
        "both": _("In person and online"),
    },
    "when": {
        "upcoming": pgettext_lazy("events", "Upcoming"),
        "now": pgettext_lazy("events", "Going on now"),
        "past": pgettext_lazy("events", "Past"),
    },
    "programme": {
        "welcome": _("Welcome"),
        "talk": _("Talk"),
        "panel": _("Panel"),
        "workshop": _("Workshop"),
        "questions": _("Questions"),
        "break": pgettext_lazy("programme item", "Break"),
        "meal": _("Meal"),
        "social": pgettext_lazy("programme item", "Social"),
    },
    "provider": {"youtube": "YouTube", "vimeo": "Vimeo"},
}

AUTONYMS = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English", "se": "Davvisámegiella"}
"""Languages by their own names, for the link to a translation."""


def label(field: str, code: str) -> str:
    """``("kind", "press-release") -> "Pressemelding"`` in the active language, "" when unknown."""
    return str(LABELS.get(field, {}).get(code, ""))
