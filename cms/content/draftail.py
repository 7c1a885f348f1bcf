"""Rich text in the editor: words in another language than the page's, kept as ``<span lang="en">``."""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature

from cms.content.languages import LANGUAGES


def register_languages(features: Any) -> None:
    """The features ``lang-nb``, ``lang-nn`` …: a button each, shown as the language's code."""
    for code, name in LANGUAGES:
        feature, style = f"lang-{code}", f"LANG-{code.upper()}"
        features.register_editor_plugin(
            "draftail",
            feature,
            InlineStyleFeature(
                {
                    "type": style,
                    "label": code.upper(),
                    "description": format_lazy(_("Words in another language: {language}"), language=name),
                    "style": {"borderBottom": "2px dotted currentColor"},
                }
            ),
        )
        features.register_converter_rule(
            "contentstate",
            feature,
            {
                "from_database_format": {f'span[lang="{code}"]': InlineStyleElementHandler(style)},
                "to_database_format": {"style_map": {style: {"element": "span", "props": {"lang": code}}}},
            },
        )
