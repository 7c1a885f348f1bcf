"""Tags and filters of the page templates. All are tolerant of gaps: a preview shows drafts that are not valid yet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context, TemplateDoesNotExist
from django.template.defaultfilters import capfirst
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.plugins import registry
from cms.publishing.hosts import host_of
from cms.website import events, files, labels, moments, outline
from cms.website.lists import below
from cms.website.names import is_template_name
from cms.website.rendering import ListPage

register = template.Library()

BLOCK_LIMIT = 12
SECTION_LIMIT = 20
"""Pages shown at once by a listing block that does not say how many, and by a section."""

_SCHEMES = ("http://", "https://", "mailto:", "tel:", "/", "#")
_JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def _language() -> str:
    return get_language() or "nb"


# Parts of a page


@register.simple_tag(takes_context=True)
def blocks(context: Context, body: Iterable[dict[str, Any]] | None, above: int = 1) -> SafeString:
    """Every block through ``blocks/{type}.html``; a type without a template shows nothing."""
    html = []
    for number, placed in enumerate(outline.place(body or (), above), 1):
        found = _template(context, "blocks", placed.type)
        if found is not None:
            value = placed.block.get("value")
            titled = isinstance(value, dict) and bool(value.get("title"))
            with context.push(
                block=placed.block,
                value=value,
                anchor=placed.block.get("id") or f"block-{number}",
                heading=f"h{placed.level}",
                item_heading=f"h{min(placed.level + titled, 6)}",
            ):
                html.append(found.render(context))
    return mark_safe("".join(html))


@register.simple_tag(takes_context=True)
def split_body(context: Context) -> dict[str, list[dict[str, Any]]]:
    """A section's introduction stands above its list, the parts with headings of their own below it."""
    intro, rest = outline.split(context["document"].get("body") or ())
    return {"intro": intro, "rest": rest}


@register.filter
def chosen(related: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Without the pages that merely link here: nearly every page links to a section."""
    return [each for each in related or () if each.get("reason") == "chosen"]


@register.filter
def fragments(highlighted: Iterable[str]) -> SafeString:
    """Passages of a hit, HTML already, one after another with one ellipsis in between.

    >>> fragments(["… <mark>bru</mark> over …", "… til <mark>brua</mark>", "Ny <mark>bru</mark>"])
    '… <mark>bru</mark> over … til <mark>brua</mark> … Ny <mark>bru</mark>'
    """
    return mark_safe(re.sub("…(?: …)+", "…", " … ".join(highlighted)))


@register.simple_tag(takes_context=True)
def teaser_facts(context: Context, summary: dict[str, Any]) -> SafeString:
    """The line above a teaser's title: ``teasers/{type}.html``, else the type and nothing more."""
    found = _template(context, "teasers", str(summary.get("type", ""))) or _template(context, "teasers", "default")
    if found is None:
        return SafeString("")
    with context.push(summary=summary):
        return SafeString(found.render(context))


def _template(context: Context, folder: str, name: str) -> Any:
    if not is_template_name(name) or context.template is None:
        return None
    try:
        return context.template.engine.get_template(f"{folder}/{name}.html")
    except TemplateDoesNotExist:
        return None


@register.simple_tag(takes_context=True)
def list_results(context: Context, value: dict[str, Any]) -> list[dict[str, Any]]:
    """Summaries of a listing block; those that depend on the hour are asked for now."""
    if value.get("results") is not None:
        return list(value["results"])
    return _list(context, value.get("api_url"), BLOCK_LIMIT, None).results


@register.simple_tag(takes_context=True)
def section_page(context: Context) -> ListPage:
    """One page of what a section lists, the one that ``?cursor=`` names. Without a listing: what lies below it."""
    section = context["document"]
    api_url = (section.get("listing") or {}).get("api_url") or below(section.get("path") or "")
    listed = _list(context, api_url, SECTION_LIMIT, context.get("cursor"))
    return replace(listed, results=[each for each in listed.results if each.get("id") != section.get("id")])


def _list(context: Context, api_url: str | None, limit: int, cursor: str | None) -> ListPage:
    lists = context.get("lists")
    return lists(api_url, limit, cursor) if lists and api_url else ListPage([])


# Images


@register.inclusion_tag("components/picture.html", takes_context=True)
def picture(context: Context, image: dict[str, Any], sizes: str = "100vw", alt: str | None = None) -> dict[str, Any]:
    """A ``<picture>`` of AVIF, WebP and the original format. ``alt=""`` where a text beside it says the same."""
    *better, original = image.get("sources") or [None]
    return {
        "image": image,
        "sizes": sizes,
        "sources": better,
        "srcset": original["srcset"] if original else "",
        "alt": image.get("alt", "") if alt is None else alt,
        "first": context["images"].take_first(),
        "focus": focus_class(image),
    }


def focus_class(image: dict[str, Any]) -> str:
    """The focal point in steps of a tenth, and whether it is upright: a strict policy forbids style attributes."""
    point = image.get("focal_point") or {"x": 0.5, "y": 0.5}
    tall = " tall" if (image.get("height") or 0) > (image.get("width") or 0) else ""
    return f"fx{round(point['x'] * 10)} fy{round(point['y'] * 10)}{tall}"


@register.filter
def spoken_alt(image: dict[str, Any]) -> str:
    """The alternative text, unless the caption reads the same: nobody hears it twice."""
    alt = str(image.get("alt") or "")
    return "" if _plain(alt) == _plain(str(image.get("caption") or "")) else alt


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


# Language


@register.simple_tag(takes_context=True)
def lang(context: Context, language: str | None) -> SafeString:
    """`` lang="nn"`` for a part in another language than the page, else nothing."""
    if not language or language == context["language"]:
        return SafeString("")
    return format_html(' lang="{}"', language)


@register.simple_tag(takes_context=True)
def ui_lang(context: Context) -> SafeString:
    """Marks the templates' own words on a page in a language they are not translated to."""
    return lang(context, context["ui_language"])


@register.filter
def autonym(language: str) -> str:
    return labels.AUTONYMS.get(language, language)


@register.filter
def label(code: str | None, field: str) -> str:
    """``{{ document.kind|label:"kind" }}``."""
    return labels.label(field, code or "")


# Dates and files


@register.filter
def day(moment: str | None) -> SafeString:
    """``<time datetime="2019-01-31">31. januar 2019</time>``."""
    return _time(moments.Piece(moments.day(moment, _language()), moment)) if moment else SafeString("")


@register.filter
def weekday(moment: str | None) -> SafeString:
    """The day with its weekday, as a heading begins."""
    if not moment:
        return SafeString("")
    return _time(moments.Piece(capfirst(moments.day(moment, _language(), weekday=True)), moment))


@register.filter
def moment(value: str | None) -> SafeString:
    """The day, and the time when it is known."""
    return _time(moments.Piece(moments.moment(value, _language()), value)) if value else SafeString("")


@register.simple_tag
def clock(day: str | None, time: str | None) -> SafeString:
    """``<time datetime="2019-01-31T09:00">09.00</time>``."""
    if not time:
        return SafeString("")
    return _time(moments.Piece(moments.clock(time, _language()), f"{day}T{time}" if day else time))


@register.simple_tag
def span(start: str | None, end: str | None, weekday: bool = False) -> SafeString:
    """``31. januar 2019 kl. 09.00–11.30``, start and end each in a ``<time>``."""
    return _times(moments.span(start, end, _language(), weekday=weekday)) if start else SafeString("")


@register.simple_tag
def brief_span(start: str | None, end: str | None) -> SafeString:
    """As ``span``, but without times when it lasts more than a day: for teasers."""
    if start and end and start[:10] != end[:10]:
        start, end = start[:10], end[:10]
    return span(start, end)


@register.simple_tag
def period(value: dict[str, Any] | None) -> SafeString:
    return _times(moments.period(value.get("start"), value.get("end"), _language())) if value else SafeString("")


@register.filter
def month_name(moment: str) -> str:
    return moments.short_month(moment, _language())


@register.filter
def day_number(moment: str) -> str:
    return str(int(moment[8:10]))


def _times(pieces: list[moments.Piece]) -> SafeString:
    return format_html_join("", "{}", ((_time(piece),) for piece in pieces))


def _time(piece: moments.Piece) -> SafeString:
    if not piece.iso:
        return format_html("{}", piece.text)
    return format_html('<time datetime="{}">{}</time>', piece.iso, piece.text)


@register.filter
def file_facts(document: dict[str, Any]) -> str:
    """``PDF, 1,2 MB``."""
    kind = files.kind_of_file(document.get("content_type") or "", document.get("url") or "")
    size = document.get("size")
    return ", ".join(filter(None, (kind, files.human_size(size, _language()) if size else "")))


# Events


@register.filter
def programme_days(programme: list[dict[str, Any]] | None) -> list[events.Day]:
    return events.days(programme or ())


@register.simple_tag(takes_context=True)
def event_phase(context: Context, event: dict[str, Any]) -> str:
    return events.phase(event, context["now"])


@register.simple_tag(takes_context=True)
def registration(context: Context, event: dict[str, Any]) -> str:
    return events.registration(event, context["now"])


@register.simple_tag(takes_context=True)
def is_over(context: Context, moment: str | None) -> bool:
    return bool(moment) and events.is_over(str(moment), context["now"])


# Links and head


@register.filter
def href(link: dict[str, Any] | str | None) -> str:
    """The address of a link: a page's path, else the URL, if it is of a kind that a browser should follow."""
    url = link if isinstance(link, str) else (link or {}).get("path") or (link or {}).get("url") or ""
    return url if url.lower().startswith(_SCHEMES) else ""


@register.simple_tag
def calendar_url(document: dict[str, Any]) -> str:
    """The page's dates for the visitor's own calendar."""
    return f"/calendar/{registry.content_types()[document['type']].spec.plural}/{document['id']}.ics"


@register.simple_tag
def search_url(**filters: str) -> str:
    return f"{reverse('website:search')}?{urlencode(filters, quote_via=quote)}"


@register.simple_tag(takes_context=True)
def current(context: Context, path: str | None) -> SafeString:
    """Marks the menu's entry that the page is, or lies under."""
    here = str((context.get("document") or {}).get("path") or "")
    if not path or not here.startswith(path) or (path == "/" and here != "/"):
        return SafeString("")
    return format_html(' aria-current="{}"', "page" if here == path else "true")


@register.simple_tag(takes_context=True)
def absolute(context: Context, url: str | None) -> str:
    """Addresses in the head of a page, for those who read it elsewhere. They begin as its canonical one does, with
    PUBLIC_URL or the site's host name, not with what a proxy asked for."""
    if not url or "://" in url:
        return url or ""
    if origin := context.get("origin") or getattr(settings, "PUBLIC_URL", ""):
        return f"{origin}{url}"
    request: HttpRequest | None = context.get("request")
    return f"{request.scheme}://{host_of(request)}{url}" if request else url


@register.simple_tag
def json_ld(value: Any) -> SafeString:
    """JSON that cannot end its script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_JSON_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
