"""Who must follow a document's change: the targets of notes, to be left in the transaction that writes it."""

from __future__ import annotations

from collections.abc import Iterable

from cms.publishing.models import Dependency, Document, PublishedSite
from cms.publishing.store import Difference
from cms.publishing.stored import links


def of_publishing(found: Difference) -> set[str]:
    """Call before the difference is written."""
    built, live = found.built, found.live_before
    name, page = f"name:{built.page_id}", f"page:{built.page_id}"
    moved = live is None or (live.path, live.site_id) != (built.path, built.site.id)
    renamed = live is None or live.title != built.title
    affected: set[str] = set()
    menu = False
    if moved or renamed:
        affected.add(name)
    if live is not None and live.expires_at != built.expires_at:
        affected |= {name, page}  # caches must not keep what shows it for longer
    if moved or live is None or bytes(live.summary) != built.summary:
        affected |= {page, f"list:{built.type}", "list:*"}
    if live is None or found.keys or (live.published_at, live.date_start) != (built.published_at, built.date_start):
        affected |= {f"list:{built.type}", "list:*"}
    if moved or renamed or live is None or live.parent_id != built.parent_id:
        affected |= {f"children:{each.parent_id}" for each in (built, live) if each}
    tree = (built.translation_key, built.locale)
    if moved or renamed or live is None or (live.translation_key, live.locale) != tree:
        affected |= {f"translations:{each.translation_key}" for each in (built, live) if each}
    if live is None or live.in_menu != built.in_menu:
        menu = built.in_menu or live is not None
    elif moved or renamed:
        menu = built.in_menu
    linked = links(built.dependencies)
    related = found.links_before ^ linked
    if live is None or live.published_at != built.published_at:
        related |= linked  # its place among those that link there
    pages = {f"page:{each}" for each in related}
    if live is None or (live.site_id, live.locale) != (built.site.id, built.locale):
        pages |= _sites_of_locale(built.site.id, built.locale, built.page_id)
    # what the page shows of itself, in a listing for instance, follows in a second build
    own = {each for each in affected & built.dependencies.keys() if not each.startswith("translations:")}
    if own:
        pages.add(f"page:{built.page_id}")
    return pages | _shown(affected, but=built.page_id) | of_sites(affected, menu)


def of_removal(live: Document, linked: Iterable[int]) -> set[str]:
    """Call before the document is removed. ``linked``: pages that it links to."""
    affected = {
        f"name:{live.pk}",
        f"page:{live.pk}",
        f"list:{live.type}",
        "list:*",
        f"children:{live.parent_id}",
        f"translations:{live.translation_key}",
    }
    pages = {f"page:{each}" for each in linked}
    pages |= _sites_of_locale(live.site_id, live.locale, live.pk)
    return pages | _shown(affected, but=live.pk) | of_sites(affected, live.in_menu)


def of_deletion(page_id: int) -> set[str]:
    """A page is deleted that was not public: what asked for it in vain must not ask again."""
    affected = {f"name:{page_id}", f"page:{page_id}"}
    return _shown(affected, but=page_id) | of_sites(affected)


def of_place(page_id: int, parent_id: int | None) -> set[str]:
    """A page has moved among its siblings: its document says nothing of that, its parents' do."""
    live = Document.objects.filter(pk=page_id, removed_at=None).only("parent_id", "in_menu").first()
    if live is None:
        return set()
    affected = {f"children:{each}" for each in (parent_id, live.parent_id) if each}
    return _shown(affected, but=page_id) | of_sites(affected, live.in_menu)


def _shown(keys: set[str], but: int) -> set[str]:
    """``shows:page:7`` for those keys that any other document depends on; each becomes notes in a step of its own."""
    if not keys:
        return set()
    rows = Dependency.objects.filter(key__in=keys).exclude(document_id=but)
    return {f"shows:{key}" for key in rows.order_by().values_list("key", flat=True).distinct()}


def of_sites(keys: Iterable[str], menu: bool = False) -> set[str]:
    """Sites whose menus or settings show any of the keys; all of them when a page of the menus is concerned."""
    wanted = set(keys)
    if not wanted and not menu:
        return set()
    rows = PublishedSite.objects.values_list("pk", "shows")
    return {f"site:{pk}" for pk, shows in rows if menu or wanted & set(shows.split("\n"))}


def _sites_of_locale(site_id: int, locale: str, page_id: int) -> set[str]:
    """The site when the page is its first or last of a locale: /site/ names those that there are."""
    others = Document.objects.filter(site_id=site_id, locale=locale, removed_at=None).exclude(pk=page_id)
    return set() if others.exists() else {f"site:{site_id}"}
