"""The language of a text, and the language of the words that the templates put around it."""

from __future__ import annotations

UI_LANGUAGES = frozenset({"nb", "nn", "en"})
"""Languages that the templates' own words exist in."""

DEFAULT_UI_LANGUAGE = "nb"


def ui_language(language: str) -> str:
    """``"nn" -> "nn"``, ``"se" -> "nb"``: a page in a language without translations has bokmål around it."""
    return language if language in UI_LANGUAGES else DEFAULT_UI_LANGUAGE
