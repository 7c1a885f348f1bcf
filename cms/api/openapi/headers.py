"""Headers of the answers, as OpenAPI describes them. Those that are always there are required."""

from __future__ import annotations

from typing import Any


def _header(description: str, schema: dict[str, Any], required: bool = True) -> dict[str, Any]:
    return {"description": description, **({"required": True} if required else {}), "schema": schema}


_TEXT = {"type": "string"}
HEADERS: dict[str, dict[str, Any]] = {
    "ETag": _header("Changes when the answer does; send it back as If-None-Match.", _TEXT),
    "Last-Modified": _header("When the document changed last, as HTTP writes dates.", _TEXT, required=False),
    "Cache-Control": _header("How long caches may keep the answer.", _TEXT),
    "Cache-Tag": _header("What the answer shows, for caches that purge by tag; comma-separated.", _TEXT),
    "Surrogate-Key": _header("The same, separated by spaces.", _TEXT),
    "Vary": _header("Which headers of the request the answer depends on.", _TEXT),
    "Content-Encoding": _header("How the body is compressed: br, zstd or gzip.", _TEXT, required=False),
    "Access-Control-Allow-Origin": _header("Which websites' scripts may read the answer.", _TEXT, required=False),
    "Access-Control-Expose-Headers": _header("Which of its headers they may read.", _TEXT, required=False),
    "Link": _header(
        'Pages of the list after (`rel="next"`) and before (`rel="prev"`) this one.', _TEXT, required=False
    ),
    "WWW-Authenticate": _header("How to prove who asks, and what is wrong with the token.", _TEXT),
    "Deprecation": _header("Since when what was asked for is to leave the API (RFC 9745).", _TEXT, required=False),
    "Sunset": _header("When it leaves (RFC 8594).", _TEXT, required=False),
    "Content-Range": _header("Which bytes of the file these are, and how many it has.", _TEXT),
    "Allow": _header("The methods that are possible.", _TEXT),
    "Retry-After": _header("Seconds to wait.", {"type": "integer", "minimum": 0}),
}
