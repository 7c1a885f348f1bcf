"""One page → everything that is published of it. Deterministic: no clock, no network, every query ordered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.utils import timezone, translation

from cms.content import times
from cms.content.kinds import RelatedPages
from cms.content.kinds.streams import One
from cms.content.kinds.table import kind_of
from cms.content.serializers import own_keys
from cms.plugins import registry
from cms.plugins.registry import ContentType
from cms.plugins.spec import ContentSpec, Expose, Key
from cms.publishing import cache_tags, json_ld, urls_of
from cms.publishing.batch import Batch
from cms.publishing.cache_tags import ancestors
from cms.publishing.context import PublishedContext
from cms.publishing.public import Publicness, SiteRoot, path_of
from cms.publishing.spans import years

FORMAT = 8
"""Raised when documents of this code differ from those of the code before: the worker then builds all of them anew."""

UNKNOWN_DATE = datetime(2000, 1, 1, tzinfo=times.OSLO)
"""Of pages that went live without being published (made by code). Fixed, as drafts must not move a page in lists."""

ContextMaker = Callable[[Any, SiteRoot, Publicness, str, Batch], PublishedContext]

IMAGE = Expose("image", kind=One())
RELATED = Expose("related", kind=RelatedPages())


@dataclass(frozen=True, slots=True)
class Built:
    """A page's document before it has a version. ``media`` maps public file paths to storage names ("": the same)."""

    page_id: int
    site: SiteRoot
    type: str
    locale: str
    language: str
    path: str
    parent_id: int | None
    in_menu: bool
    title: str
    translation_key: str
    published_at: datetime
    date_start: datetime
    date_end: datetime
    detail: dict[str, Any]
    summary: bytes
    keys: tuple[Key, ...]
    dependencies: dict[str, bool]
    media: dict[str, str]
    expires_at: datetime | None
    fresh_until: datetime | None
    embeds: str

    def detail_bytes(self, version: int) -> bytes:
        return orjson.dumps({**self.detail, "version": version})

    def etag(self, version: int) -> str:
        """With the version, as a page that was away comes back with the same content and is another answer."""
        return f"{hashlib.blake2b(orjson.dumps(self.detail), digest_size=12).hexdigest()}-{version}"


def build(
    page: Any,
    publicness: Publicness,
    make_context: ContextMaker = PublishedContext,
    batch: Batch | None = None,
) -> Built:
    """``page`` is a specific page, public unless the context is a preview's. Whatever its builder raises, rises."""
    site = publicness.site_of(page)
    assert site is not None
    language = page.language or "nb"
    if batch is None:
        batch = Batch([page.pk] if page.pk else [])
    context = make_context(page, site, publicness, language, batch)
    with translation.override(language), timezone.override(times.OSLO):
        return _build(page, site, context)


def _build(page: Any, site: SiteRoot, context: PublishedContext) -> Built:
    content_type = registry.by_model(type(page))
    assert content_type is not None
    path = path_of(page, site)
    head = {
        "id": page.pk,
        "type": content_type.name,
        "locale": page.locale.language_code,
        "language": context.language,
        "title": page.title,
        "path": path,
        "url": urls_of.page_url(site, path),
        "api_url": urls_of.api_url(site, f"content/{page.pk}/"),
        "summary": page.summary,
        "image": kind_of(type(page), IMAGE).render(page, "image", context),
        "first_published_at": times.instant(page.first_published_at),
        "last_published_at": times.instant(page.last_published_at),
    }
    own = own_keys(content_type, page, context, summary=False)
    shown = {expose.name for expose in content_type.spec.fields if expose.summary}
    summary = {**head, **{name: value for name, value in own.items() if name in shown}}
    published_at = page.first_published_at or UNKNOWN_DATE
    start, end = _dates(page, content_type.spec.dates, published_at)
    breadcrumbs = context.breadcrumbs(page)
    detail = {
        **head,
        **own,
        "breadcrumbs": breadcrumbs,
        "translations": context.translations(page),
        "related": kind_of(type(page), RELATED).render(page, "related", context),
        "similar_url": urls_of.api_url(site, f"search/?similar_to={page.pk}"),
    }
    detail["seo"] = _seo(page, site, context, detail, content_type.spec)
    pages, images = cache_tags.embedded(detail)
    return Built(
        page_id=page.pk,
        site=site,
        type=content_type.name,
        locale=page.locale.language_code,
        language=context.language,
        path=path,
        parent_id=next((pk for pk, _ in reversed(context.ancestors(page))), None),
        in_menu=page.show_in_menus,
        title=page.title,
        translation_key=str(page.translation_key),
        published_at=published_at,
        date_start=start,
        date_end=end,
        detail=detail,
        summary=orjson.dumps(summary),
        keys=tuple(
            dict.fromkeys(
                [*_common_keys(page, content_type, path, context.language, start, end), *_own_keys(content_type, own)]
            )
        ),
        dependencies=context.dependencies,
        media=context.media,
        expires_at=page.expire_at,
        fresh_until=min(filter(None, [page.expire_at, *context.ends(pages, images)]), default=None),
        embeds=",".join(cache_tags.of_embedded(pages, images)),
    )


def _dates(page: Any, names: tuple[str, str] | None, published_at: datetime) -> tuple[datetime, datetime]:
    """The page's own dates; without an end, to the end of its first day."""
    start = getattr(page, names[0]) if names else None
    if not names or start is None:
        return published_at, published_at
    end = getattr(page, names[1])
    last_day = (end or start).astimezone(times.OSLO).date()
    if end is None or getattr(page, "all_day", False):
        end = times.midnight(last_day + timedelta(days=1))
    if getattr(page, "all_day", False):
        start = times.midnight(start.astimezone(times.OSLO).date())
    return start, end


def _common_keys(
    page: Any, content_type: ContentType, path: str, language: str, start: datetime, end: datetime
) -> list[Key]:
    with translation.override("nb"):
        type_label = str(content_type.model._meta.verbose_name)
        language_label = str(dict(page._meta.get_field("language").choices).get(language, language))
    locale = page.locale.language_code
    return [
        Key("type", content_type.name, type_label),
        Key("locale", locale, locale),
        Key("language", language, language_label),
        *(Key("year", year, year) for year in years(start, end)),
        *(Key("under", each, each) for each in ancestors(path)),
    ]


def _own_keys(content_type: ContentType, own: dict[str, Any]) -> list[Key]:
    return [
        key
        for expose in content_type.spec.fields
        if expose.filters
        for key in kind_of(content_type.model, expose).keys(own[expose.name], expose.filters)
    ]


def _seo(
    page: Any, site: SiteRoot, context: PublishedContext, detail: dict[str, Any], spec: ContentSpec
) -> dict[str, Any]:
    image = detail["image"]
    picture = None
    if image:
        cropped = context.open_graph(image["id"])
        source = (
            {"src": _absolute(site, context.media_url(cropped[0])), "width": cropped[1], "height": cropped[2]}
            if cropped
            else {
                "src": _absolute(site, image["original"]["src"]),
                "width": image["original"]["width"],
                "height": image["original"]["height"],
            }
        )
        picture = {**source, "alt": image["alt"]}
    seo = {
        "title": page.seo_title or page.title,
        "description": page.search_description or page.summary,
        "image": picture,
        "canonical_url": urls_of.absolute_url(site, detail["path"]),
        "noindex": page.noindex,
    }
    if spec.schema_org in json_ld.ARTICLES:
        context.depend(f"site-name:{site.id}")
    return {**seo, "json_ld": json_ld.objects(spec, detail, seo, site)}


def _absolute(site: SiteRoot, url: str) -> str:
    return url if url.startswith(("http://", "https://")) else site.origin + url
