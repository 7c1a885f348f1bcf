"""A public site whose every field has a word of its own, and beside it everything that is not public."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from itertools import cycle
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from articles.models import Event, Network, NewsArticle, Showcase
from cms.content.models import ContentImage, SiteSettings, Topic
from home.models import PlainPage, SectionPage
from tests.integration.leaks.albums import private_collection
from tests.integration.leaks.filling import Filler
from tests.integration.leaks.markers import Markers
from tests.integration.leaks.media import media
from tests.integration.leaks.states import FROM_THE_START, ONCE_PUBLIC, Places, Undo
from tests.integration.publishing import site as s

TYPES: dict[str, type[Any]] = {
    "section": SectionPage,
    "news-article": NewsArticle,
    "page": PlainPage,
    "event": Event,
    "showcase": Showcase,
    "network": Network,
}
EVERYTHING = os.environ.get("FORMIDLE_LEAKS") == "all"
"""FORMIDLE_LEAKS=all takes every type in every state."""
PUBLIC_YEAR, HIDDEN_YEAR = 2031, 2077
PUBLIC_MUNICIPALITY, HIDDEN_MUNICIPALITY = "3405", "5610"


class Writer:
    """Writes pages whose words all come from one set of markers, about one year and municipality."""

    def __init__(self, markers: Markers, image: ContentImage, document: Any, *, year: int, municipality: str) -> None:
        self.markers = markers
        self.image = image
        self.document = document
        self.year = year
        self.municipality = municipality

    def values(self, name: str, model: type[Any]) -> dict[str, Any]:
        filler = Filler(
            lambda place: self.markers.word(f"{name} {place}"),
            image=self.image.pk,
            document=self.document.pk,
            year=self.year,
            municipality=self.municipality,
        )
        return filler.values(model)

    def page(self, name: str, type_: str) -> Any:
        """Not yet in the tree."""
        return TYPES[type_](**self.values(f"{name} {type_}", TYPES[type_]))

    def topic(self, name: str) -> Topic:
        return Topic.objects.create(label=self.markers.word(f"{name} topic"), slug=self.markers.word(f"{name} slug"))


# -- public ------------------------------------------------------------------------------------------------------------


def build_public(home: Any, control: Markers) -> dict[str, Any]:
    """A page of every type, everything in it filled in."""
    image, document = media(control, "public")
    writer = Writer(control, image, document, year=PUBLIC_YEAR, municipality=PUBLIC_MUNICIPALITY)
    topic = writer.topic("public")
    pages: dict[str, Any] = {"home": home}
    s.publish(home, **writer.values("home", type(home)))
    for type_ in TYPES:
        page = pages[type_] = s.add(home, writer.page("public", type_))
        if hasattr(page, "topics"):
            s.publish(page, topics=[topic])
    s.publish(pages["section"], show_in_menus=True)
    settings = SiteSettings.for_site(Site.objects.get())
    for name, value in writer.values("settings", SiteSettings).items():
        setattr(settings, name, value)
    settings.contact_email = f"{settings.contact_email}@example.org"
    settings.save()
    return pages


# -- hidden ------------------------------------------------------------------------------------------------------------


class Hidden:
    """What is not public, and what belongs to nobody but editors."""

    def __init__(self, markers: Markers, places: Places) -> None:
        self.markers = markers
        self.places = places
        self.pages: dict[str, Any] = {}
        self.back: dict[str, Undo] = {}
        image, document = media(markers, "on hidden pages", collection=private_collection(markers))
        self.writer = Writer(markers, image, document, year=HIDDEN_YEAR, municipality=HIDDEN_MUNICIPALITY)

    @property
    def ids(self) -> set[int]:
        return {page.pk for page in self.pages.values()}

    def add(
        self, name: str, make: Callable[[Any, Places], tuple[Any, Undo]], types: Iterable[str] = tuple(TYPES)
    ) -> None:
        """A page of each type in one state."""
        topic = self.writer.topic(name)
        for type_ in types:
            page = self.writer.page(name, type_)
            if hasattr(page, "topics"):
                page.topics = [topic]
            self.pages[f"{name} {type_}"], self.back[f"{name} {type_}"] = make(page, self.places)

    def add_never_public(self) -> None:
        for name, make in FROM_THE_START.items():
            self.add(name, make)
        self._descendants()
        self._of_no_type()
        self._aliases()
        self._translation()
        self._redirects()

    def publish_for_a_while(self) -> None:
        """Pages that are public now and will be hidden, each state in a section of its own. Two types in each: building
        all would take long, and what removes documents knows no types."""
        types = cycle(TYPES)
        for name in ONCE_PUBLIC:
            chosen = list(TYPES) if EVERYTHING else [next(types), next(types)]
            self.add(f"once {name}", _below(s.add(self.places.open, s.section("Del"))), chosen)

    def hide(self) -> None:
        for name, page in list(self.pages.items()):
            if name.startswith("once "):
                state = name.removeprefix("once ").rpartition(" ")[0]
                self.back[name] = ONCE_PUBLIC[state](page, self.places)

    def drafts_of(self, pages: dict[str, Any]) -> None:
        """Every live page gets an old revision, a new draft, comments, and work for its editors."""
        user = get_user_model().objects.create_user(
            self.markers.word("editor name"),
            f"{self.markers.word('editor e-mail')}@example.org",
            "x",
            first_name=self.markers.word("editor first name"),
            last_name=self.markers.word("editor last name"),
        )
        for name, page in pages.items():
            fresh = page.specific_class.objects.get(pk=page.pk)
            values = self.writer.values(f"draft of live {name}", type(fresh))
            for field, value in values.items():
                setattr(fresh, field, value)
            fresh.go_live_at = None
            revision = fresh.save_revision(user=user)
            page.specific_class.objects.get(pk=page.pk).wagtail_admin_comments.create(
                user=user, text=self.markers.word(f"comment on {name}"), contentpath="title", revision_created=revision
            )

    def _descendants(self) -> None:
        for kind in ("login", "groups", "password"):
            parent = self.pages[f"{kind} section"]
            middle = s.add(parent, self.writer.page(f"below {kind}", "section"))
            self.pages[f"below {kind}"] = middle
            self.pages[f"deep below {kind}"] = s.add(middle, self.writer.page(f"deep below {kind}", "news-article"))

    def _of_no_type(self) -> None:
        page = Page(title=self.markers.word("no type title"), slug=self.markers.word("no type slug"))
        self.pages["no type"] = s.add(self.places.open, page)

    def _aliases(self) -> None:
        for name in ("draft", "under closed"):
            source = Page.objects.get(pk=self.pages[f"{name} news-article"].pk)
            for parent in (self.places.open, self.places.closed) if name == "draft" else (self.places.closed,):
                slug = self.markers.word(f"alias of {name} slug")
                alias = source.create_alias(parent=Page.objects.get(pk=parent.pk), update_slug=slug)
                self.pages[f"alias {alias.pk}"] = alias

    def _translation(self) -> None:
        locale = Locale.objects.create(language_code="en")
        for page in (self.places.home, self.places.open):
            copy = Page.objects.get(pk=page.pk).specific.copy_for_translation(locale)
            copy.title, copy.summary = self.markers.word("translation title"), self.markers.word("translation summary")
            copy.save_revision()
            self.pages[f"translation {copy.pk}"] = copy

    def _redirects(self) -> None:
        for name in ("draft news-article", "login event", "outside section"):
            Redirect.add_redirect(f"/{self.markers.word(f'redirect to {name}')}", self.pages[name])


def _below(section: Any) -> Callable[[Any, Places], tuple[Any, Undo]]:
    return lambda page, places: (s.add(section, page), None)
