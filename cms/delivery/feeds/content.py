"""A document as plain HTML for readers outside the website: no classes, no scripts, nothing that the hour decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.template import TemplateDoesNotExist, loader
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from cms.plugins import registry
from cms.website.elsewhere import without_paths_of_others
from cms.website.languages import ui_language
from cms.website.names import is_template_name

BLANK = re.compile(r"[ \t]*\n\s*")
"""Ends of lines of the templates, with what surrounds them."""


def html(document: Mapping[str, Any]) -> str:
    """``feeds/content/{type}.html``, else ``default.html``, around ``feeds/blocks/{type}.html`` of each block."""
    language = str(document["language"])
    document = without_paths_of_others(document)
    with translation.override(ui_language(language)):
        text = _template("content", str(document["type"]), "default").render(
            {"document": document, "language": language, "body": blocks(document, language)}
        )
    return BLANK.sub("\n", text).strip()


def blocks(document: Mapping[str, Any], language: str) -> SafeString:
    """A block without a template shows nothing."""
    found = []
    for block in document.get("body") or ():
        if template := _template("blocks", str(block["type"])):
            found.append(template.render({"value": block["value"], "language": language}))
    return mark_safe("".join(found))


def type_label(type_name: str, language: str, plural: bool = False) -> str:
    """«Nyhetsartikkel», or what several are called."""
    options = registry.content_types()[type_name].model._meta
    with translation.override(ui_language(language)):
        return capfirst(str(options.verbose_name_plural if plural else options.verbose_name))


def _template(folder: str, *names: str) -> Any:
    for name in names:
        if is_template_name(name):
            try:
                return loader.get_template(f"feeds/{folder}/{name}.html")
            except TemplateDoesNotExist:
                pass
    return None
