"""Cache tags: which of them a response carries, and which are purged for an entry of the log.

A purge reaches every response that the entry changes, and no document's own response that stays as it is: what shows a
page that changed has an entry of its own once it is built anew. Lists, searches and feeds may be purged needlessly.

``embeds:page:7`` and ``embeds:image:5`` are never purged for an entry; they are there for operators.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

from cms.publishing.paths import forms

LONGEST_TAG = 250
LONGEST_HEADER = 6000
"""Bytes of one header. CDNs take 16 kB; proxies in front of us often read all headers into 8 kB or twice that."""

EVERYTHING = "all"
"""Carried by whatever has tags: purged when it is not known what changed."""

OF_EVERY_DOCUMENT = ("list", "search", "suggest", "sitemap")
"""What any document may belong to, though it is not in it yet."""


def document_tag(document_id: int) -> str:
    """The page's own JSON, or that it is gone or was never public."""
    return f"document:{document_id}"


def place_tag(document_id: int) -> str:
    """Where the page is: what redirects to it show."""
    return f"place:{document_id}"


def path_tag(site_id: int, path: str) -> str:
    """What a path of a site answers: ``path:1/nyheter/``."""
    return _short(f"path:{site_id}{_quoted(path)}")


def under_tag(path: str) -> str:
    """Lists of what lies below a path: ``list:under:/nyheter/``."""
    return _short(f"list:under:{_quoted(path)}")


# -- what responses carry --------------------------------------------------------------------------------------------


def of_resolved(site_id: int, path: str, *more: str) -> tuple[str, ...]:
    """Of whatever a path answers, a page, a redirect or a problem; ``path`` in its normal form.

    ``more`` are those of the page that it answers or answered, or leads to.
    """
    return (*more, *(path_tag(site_id, each) for each in forms(path)))


def of_list(types: Sequence[str] = (), under: str = "", ids: Sequence[int] | None = None) -> tuple[str, ...]:
    """Of a list: of some types, of what is below a path, or of the pages with these ids."""
    if ids is not None:
        return tuple(document_tag(each) for each in ids)
    return (*([f"list:{each}" for each in types] or ["list"]), *([under_tag(under)] if under else []))


def embedded(detail: Any) -> tuple[list[int], list[int]]:
    """Pages and images that a document's JSON shows besides itself; read from it, so that nothing hidden is named."""
    found: dict[str, set[int]] = {"page": set(), "image": set()}
    for kind, id_ in _embedded(detail):
        found[kind].add(id_)
    return sorted(found["page"] - {detail["id"]}), sorted(found["image"])


def of_embedded(pages: Iterable[int], images: Iterable[int]) -> tuple[str, ...]:
    return (*(f"embeds:page:{each}" for each in pages), *(f"embeds:image:{each}" for each in images))


def headers(tags: Iterable[str]) -> dict[str, str]:
    """The tags as CDNs read them and EVERYTHING, each once; the last are left out when there are too many."""
    kept, size = [EVERYTHING], len(EVERYTHING)
    for tag in dict.fromkeys(tags):
        if tag == EVERYTHING:  # of an answer that this one was made from
            continue
        size += len(tag) + 1
        if size > LONGEST_HEADER:
            break
        kept.append(tag)
    return {"Cache-Tag": ",".join(kept), "Surrogate-Key": " ".join(kept)} if len(kept) > 1 else {}


# -- what is purged --------------------------------------------------------------------------------------------------


def tags_of_change(
    *, kind: str, site_id: int, id: int | None = None, type: str = "", path: str = "", previous_path: str = ""
) -> tuple[str, ...]:
    """What to purge for one entry of the log; the arguments are its columns."""
    if id is None:
        return ("changes", path_tag(site_id, path) if kind == "redirect" else kind)
    paths = [each for each in (path, previous_path) if each]
    found = [document_tag(id), "changes", *OF_EVERY_DOCUMENT, f"list:{type}"]
    if kind != "updated":
        found += [place_tag(id), *(path_tag(site_id, each) for each in paths)]
    found += [under_tag(above) for each in paths for above in ancestors(each)]
    return tuple(dict.fromkeys(found))


def ancestors(path: str) -> list[str]:
    """Paths above a path, from the root.

    >>> ancestors("/nyheter/2026/rapport/")
    ['/', '/nyheter/', '/nyheter/2026/']
    """
    parts = path.strip("/").split("/")
    return ["/" + "".join(f"{part}/" for part in parts[:count]) for count in range(len(parts))] if path != "/" else []


def _embedded(value: Any) -> Iterator[tuple[str, int]]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), int):
            if "focal_point" in value:
                yield "image", value["id"]
            elif value.get("path"):
                yield "page", value["id"]
        value = value.values()
    elif not isinstance(value, list | tuple):
        return
    for each in value:
        yield from _embedded(each)


def _quoted(path: str) -> str:
    """Without the commas and spaces that part tags, and in ASCII."""
    return quote(path, safe="/:@!$&'()*+;=~")


def _short(tag: str) -> str:
    if len(tag) <= LONGEST_TAG:
        return tag
    return f"{tag[:200]}~{blake2b(tag.encode(), digest_size=12).hexdigest()}"
