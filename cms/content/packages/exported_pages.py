"""Which pages an export holds: the public ones, and placeholders for others that those refer to or stand under."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.models import Page, PageViewRestriction, Site

from cms.content.packages.site_tree import parent_of, site_pages
from cms.plugins import registry


class ExportedPages:
    """Drafts and restricted pages stay behind: only type, path and title of those in use are told."""

    def __init__(self, site: Site) -> None:
        pages = site_pages(site)
        known = {path: page.id for path, page in pages.items() if registry.by_model(page.model) is not None}
        rows = Page.objects.filter(pk__in=Page.objects.descendant_of(site.root_page, inclusive=True))
        restricted = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
        public = {
            pk
            for pk, tree_path in rows.filter(live=True).values_list("pk", "path")
            if not tree_path.startswith(restricted)
        }
        self._paths = {page_id: path for path, page_id in known.items()}
        self._ids = known
        self.public = {page_id: path for path, page_id in known.items() if page_id in public}
        self._referred: set[int] = set()

    def path_of(self, page_id: int) -> str | None:
        """The path by which the package names a page of this site; None for pages elsewhere."""
        self._referred.add(page_id)
        return self._paths.get(page_id)

    def placeholders(self) -> dict[int, str]:
        """Pages that are needed and not public: {id: path}. To be asked when everything else is packed."""
        needed: dict[int, str] = {}
        for page_id in {*self.public, *self._referred} & self._paths.keys():
            path = self._paths[page_id]
            while True:
                above = self._ids.get(path)
                if above is not None and above not in self.public:
                    needed[above] = path
                if path == "/":
                    break
                path = parent_of(path)
        return needed

    def in_tree_order(self, page_ids: Iterable[int]) -> list[int]:
        wanted = set(page_ids)
        return [page_id for page_id in self._paths if page_id in wanted]
