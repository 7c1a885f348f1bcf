"""The JSON values that clients see, as Python types; OpenAPI schemas and search texts are derived from them.

Every key is always there: an absent text is "", an absent list [], anything else null.
A plain ``str`` is text that people read; markers tell the other strings apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypedDict


@dataclass(frozen=True, slots=True)
class Format:
    """What a string holds, other than words: JSON Schema's ``format``, or a pattern."""

    name: str
    pattern: str = ""


Code = Annotated[str, Format("")]
Html = Annotated[str, Format("html")]
Url = Annotated[str, Format("uri-reference")]
Path = Annotated[str, Format("path")]
Email = Annotated[str, Format("email")]
Instant = Annotated[str, Format("date-time")]
"""ISO 8601 with the offset of Europe/Oslo."""
Day = Annotated[str, Format("date")]
Clock = Annotated[str, Format("time-of-day", r"^\d{2}:\d{2}$")]
"""HH:MM in Europe/Oslo."""
DayOrInstant = Annotated[str, Format("day-or-instant", r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2})?$")]
PartialDate = Annotated[str, Format("partial-date", r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A day, a month or a year: as precise as what is known."""


class PageReference(TypedDict):
    id: int
    type: Code
    title: str
    path: Path
    url: Url


class Breadcrumb(TypedDict):
    id: int
    title: str
    path: Path


class Translation(TypedDict):
    locale: Code
    title: str
    path: Path
    url: Url


class Link(TypedDict):
    """``path``, ``id`` and ``type`` are null unless the link leads to a page."""

    kind: Literal["page", "document", "external", "email", "phone"]
    title: str
    url: Url
    path: Path | None
    id: int | None
    type: Code | None


class RichText(TypedDict):
    """HTML of p, ul, ol, li, a, strong, em, br and span[lang] only; ``links`` in the order of the text."""

    html: Html
    links: list[Link]


class FocalPoint(TypedDict):
    """Shares of width and height, 0 to 1 from the top left corner."""

    x: float
    y: float


class ImageSource(TypedDict):
    type: Literal["image/avif", "image/webp", "image/jpeg", "image/png", "image/gif"]
    srcset: Code


class ImageFile(TypedDict):
    """Width and height in pixels, size in bytes."""

    src: Url
    width: int
    height: int
    bytes: int


class Image(TypedDict):
    """``alt`` is empty where the image is decorative; ``sources`` hold only files that exist."""

    id: int
    alt: str
    decorative: bool
    caption: str
    credit: str
    licence: Code
    width: int
    height: int
    focal_point: FocalPoint
    src: Url
    sources: list[ImageSource]
    original: ImageFile


class Document(TypedDict):
    """``size`` in bytes."""

    title: str
    url: Url
    size: int
    content_type: Code


class County(TypedDict):
    number: Code
    name: str


class Municipality(TypedDict):
    number: Code
    name: str
    county: County


class Place(TypedDict):
    name: str
    address: str
    municipality: Municipality | None


class Topic(TypedDict):
    slug: Code
    label: str


class Person(TypedDict):
    name: str
    title: str
    organisation: str
    email: Code
    phone: Code


class Period(TypedDict):
    start: PartialDate | None
    end: PartialDate | None


class SeoImage(TypedDict):
    src: Url
    width: int
    height: int
    alt: Code


class Seo(TypedDict):
    """What a page's head says; ``json_ld`` holds schema.org objects."""

    title: Code
    description: Code
    image: SeoImage | None
    canonical_url: Url
    noindex: bool
    json_ld: list[dict[str, Any]]


class NavigationItem(TypedDict):
    """A link with the links below it."""

    kind: Literal["page", "document", "external", "email", "phone"]
    title: str
    url: Url
    path: Path | None
    id: int | None
    type: Code | None
    children: list[NavigationItem]


class Navigation(TypedDict):
    main: list[NavigationItem]
    footer: list[NavigationItem]


class Contact(TypedDict):
    name: str
    address: str
    email: Code
    phone: Code
    organisation_number: Code


class Site(TypedDict):
    name: str
    locales: list[Code]
    default_locale: Code
    contact: Contact
    social: list[Link]
    footer: RichText
    accessibility_statement: Link | None
    privacy: Link | None
