"""Rich text: what editors may write, and the small HTML that clients get."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import nh3
from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning
from bs4.element import PageElement, Tag

from cms.content.shapes import Link, RichText

if TYPE_CHECKING:
    from cms.content.context import Context
    from cms.content.loader import Loader

# A rich text may be nothing but an address; nobody meant that to be opened.
warnings.filterwarnings("ignore", category=MarkupResemblesLocatorWarning)

FEATURES = ["bold", "italic", "ul", "ol", "link", "document-link", "lang-nb", "lang-nn", "lang-en", "lang-se"]
TAGS = {"p", "ul", "ol", "li", "a", "strong", "em", "br", "span"}
ATTRIBUTES = {"a": {"href"}, "span": {"lang"}}
STORED_ATTRIBUTES = {"a": {"href", "linktype", "id"}, "span": {"lang"}}
SCHEMES = {"http", "https", "mailto", "tel"}
KINDS: dict[str, Literal["email", "phone", "external"]] = {
    "mailto": "email",
    "tel": "phone",
    "http": "external",
    "https": "external",
}
BLOCKS = {"p", "ul", "ol"}
EMPTY = re.compile(r"<p>(?:\s|<br>)*</p>")
RENAMED = {"b": "strong", "i": "em"}

cleaner = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
stored_cleaner = nh3.Cleaner(
    tags=TAGS, attributes=STORED_ATTRIBUTES, url_schemes={*SCHEMES, "page", "document"}, link_rel=None
)
package_cleaner = nh3.Cleaner(
    tags=TAGS, attributes=ATTRIBUTES, url_schemes={*SCHEMES, "page", "document"}, link_rel=None
)


def render(html: str, context: Context, clean: nh3.Cleaner = cleaner) -> RichText:
    """What Wagtail stores, with links resolved. A link whose target is not public becomes its text.

    >>> render('<p><a linktype="page" id="4">Her</a></p>', context)
    {'html': '<p><a href="/nyheter/">Her</a></p>', 'links': [{'kind': 'page', …}]}
    """
    if not html:
        return {"html": "", "links": []}
    links: list[Link] = []

    def resolve(anchor: Tag) -> None:
        link = _link(anchor, context)
        if link is None:
            anchor.unwrap()
            return
        anchor.attrs = {"href": link["path"] or link["url"]}
        links.append(link)

    return {"html": _tidy(clean.clean(_with_anchors(html, resolve))), "links": links}


def to_package(html: str, context: Context) -> dict[str, str]:
    """{html} with ``page:/path/`` and ``document:key`` links, which ``parse`` reads."""
    return {"html": render(html, context, package_cleaner)["html"]}


def _tidy(html: str) -> str:
    """No-break spaces as themselves, and no paragraphs without a word."""
    return EMPTY.sub("", html.replace("&nbsp;", "\u00a0"))


def _with_anchors(html: str, visit: Callable[[Tag], None]) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for name, to in RENAMED.items():
        for tag in soup.find_all(name):
            tag.name = to
    for anchor in soup.find_all("a"):
        visit(anchor)
    return str(soup)


def _link(anchor: Tag, context: Context) -> Link | None:
    title = " ".join(anchor.get_text().split())
    target = str(anchor.get("id", ""))
    if anchor.get("linktype") == "page":
        return context.page_link(int(target), title) if target.isdigit() else None
    if anchor.get("linktype") == "document":
        return context.document_link(int(target), title) if target.isdigit() else None
    return url_link(str(anchor.get("href", "")), title)


def url_link(url: str, title: str) -> Link | None:
    """A link to anything but a page or document of ours; None for a URL that must not be followed."""
    scheme, separator, rest = url.strip().partition(":")
    kind = KINDS.get(scheme.lower())
    if kind is None or not separator or not rest:
        return None
    return {
        "kind": kind,
        "title": title or rest.removeprefix("//"),
        "url": url.strip(),
        "path": None,
        "id": None,
        "type": None,
    }


def _check_tags(html: str, loader: Loader) -> None:
    known = TAGS | set(RENAMED)
    unknown = {tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)} - known
    for name in sorted(unknown):
        loader.fault(f"<{name}> cannot stand in rich text; possible are {', '.join(sorted(known))}")


def _in_paragraphs(html: str) -> str:
    """Text that stands in no block gets a paragraph of its own."""
    soup = BeautifulSoup(html, "html.parser")
    loose: list[PageElement] = []
    for node in [*soup.contents, None]:
        if node is not None and not (isinstance(node, Tag) and node.name in BLOCKS):
            loose.append(node)
            continue
        if any(each.get_text().strip() for each in loose):
            paragraph = soup.new_tag("p")
            loose[0].insert_before(paragraph)
            for each in loose:
                paragraph.append(each.extract())
        loose = []
    return str(soup)


def parse(value: object, loader: Loader) -> str:
    """Package input, HTML or {html}, as Wagtail stores it; ``page:/path/`` and ``document:key`` links are resolved."""
    html = value.get("html", "") if isinstance(value, dict) and value.keys() <= {"html", "links"} else value
    if html is None:
        return ""
    if not isinstance(html, str):
        loader.fault("rich text is a string of HTML, or {html}")
        return ""

    def resolve(anchor: Tag) -> None:
        scheme, _, target = str(anchor.get("href", "")).partition(":")
        if scheme == "page":
            anchor.attrs = {"linktype": "page", "id": str(loader.page(target) or "")}
        elif scheme == "document":
            anchor.attrs = {"linktype": "document", "id": str(loader.document(target) or "")}
        elif url_link(str(anchor.get("href", "")), "") is None:
            loader.fault(f"the link {anchor.get('href')!r} has no target that can be followed")

    _check_tags(html, loader)
    return (
        stored_cleaner.clean(_in_paragraphs(_with_anchors(html, resolve)))
        .replace("<strong>", "<b>")
        .replace("</strong>", "</b>")
        .replace("<em>", "<i>")
        .replace("</em>", "</i>")
    )
