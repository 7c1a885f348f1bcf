"""Video addresses → players of allow-listed providers, written from the URL alone; nothing is fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.utils.html import format_html


@dataclass(frozen=True, slots=True)
class Embed:
    """``provider`` is "" and the rest None for an address that is not allow-listed."""

    provider: str
    embed_url: str | None
    html: str | None


YOUTUBE_ID = re.compile(r"[\w-]{6,20}")
NUMBER = re.compile(r"\d{4,15}")


def embed(url: str, title: str) -> Embed:
    """
    >>> embed("https://youtu.be/aqz-KE-bpKQ", "Opptak").embed_url
    'https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ'
    """
    provider, embed_url = _player(url)
    if embed_url is None:
        return Embed(provider, None, None)
    html = format_html(
        '<iframe src="{}" title="{}" loading="lazy" allow="fullscreen; picture-in-picture" allowfullscreen '
        'referrerpolicy="strict-origin-when-cross-origin"></iframe>',
        embed_url,
        title,
    )
    return Embed(provider, embed_url, str(html))


def _player(url: str) -> tuple[str, str | None]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    segments = [segment for segment in parts.path.split("/") if segment]
    if host in {"youtube.com", "youtube-nocookie.com", "youtu.be"}:
        found = _youtube_id(host, segments, parts.query)
        return "youtube", f"https://www.youtube-nocookie.com/embed/{found}" if found else None
    if host in {"vimeo.com", "player.vimeo.com"}:
        found = next((segment for segment in segments if NUMBER.fullmatch(segment)), "")
        return "vimeo", f"https://player.vimeo.com/video/{found}?dnt=1" if found else None
    return "", None


def _youtube_id(host: str, segments: list[str], query: str) -> str:
    if host == "youtu.be":
        found = segments[0] if segments else ""
    elif segments[:1] == ["watch"]:
        found = parse_qs(query).get("v", [""])[0]
    elif len(segments) > 1 and segments[0] in {"embed", "live", "shorts"}:
        found = segments[1]
    else:
        found = ""
    return found if YOUTUBE_ID.fullmatch(found) else ""
