"""Random edit histories: operations that an editor, a clock or a script may do, drawn from a seeded generator."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from articles.models import Network, NewsArticle
from cms.content.models import ContentImage, SiteSettings, Topic
from cms.content.validation.page import PublishingStopped
from cms.publishing.projector import Projector, make_renditions
from cms.publishing.schedule import Schedule
from tests.integration.publishing import site as s

SECRET = "HEMMELIG"
"""Stands in every draft, and may stand in no document."""


class History:
    """``run(steps)`` does so many random things; ``log`` says which, for the person who must find out why."""

    def __init__(self, seed: str, home: Any) -> None:
        self.random = random.Random(seed)
        self.home = home
        self.log: list[str] = []
        self.count = 0
        self.topics = [Topic.objects.create(label=f"Emne {seed} {number}") for number in range(2)]
        self.images = [s.add_image(f"Bilde {number}") for number in range(2)]
        self.files = [s.add_file(f"Fil {number}") for number in range(2)]
        self.private = Collection.get_first_root_node().add_child(name="Privat")
        CollectionViewRestriction.objects.create(collection=self.private, restriction_type="login")

    def run(self, steps: int) -> None:
        for _ in range(3):
            self._add()
        for step, name in enumerate(self.random.choices(list(WEIGHTS), list(WEIGHTS.values()), k=steps), 1):
            try:
                with transaction.atomic():
                    getattr(self, f"_{name}")()
            except (PublishingStopped, IntegrityError) as error:
                # a page that it shows is deleted, so an editor would be told; or treebeard made one path twice
                self.log.append(f"refused: {error}")
            if step % 6 == 0:  # often, as a later edit may hide what went wrong
                s.work()
                s.assert_consistent()
            # the projector is at times far behind, at times half-way through
            if self.random.random() < 0.4:
                projector = Projector()
                for _ in range(self.random.randint(1, 3)):
                    projector.step()
            if self.random.random() < 0.1:
                make_renditions()

    # -- choices -----------------------------------------------------------------------------------------------------

    def _title(self) -> str:
        self.count += 1
        return f"{self.random.choice(['Å', 'B', 'C'])} {self.count}"

    def _page(self, live: bool | None = None, home: bool = False, own: bool = False) -> Any:
        """``own``: no alias, so that it can be edited."""
        pages = Page.objects.filter(depth__gte=2 if home else 3).order_by("pk")
        if own:
            pages = pages.filter(alias_of=None)
        if live is not None:
            pages = pages.filter(live=live)
        ids = list(pages.values_list("pk", flat=True))
        return Page.objects.get(pk=self.random.choice(ids)).specific if ids else None

    def _body(self) -> str:
        """Some blocks about some pages, drafts and deleted ones among them."""
        targets = [self._page(home=True) for _ in range(2)]
        blocks: list[Callable[[], tuple[str, Any]]] = [
            lambda: s.link_text(*targets),
            lambda: s.cards(*targets),
            lambda: s.listing(),
            lambda: s.listing("news-article", "event", order="title", limit=2),
            lambda: s.listing(under=targets[0].pk, order="oldest"),
            lambda: s.listing(topic=self.topics[0].slug or ""),
            lambda: s.listing(municipality="3405"),
            lambda: s.image_block(self.random.choice(self.images)),
            lambda: ("document", self.random.choice(self.files).pk),
        ]
        return s.stream(*(make() for make in self.random.sample(blocks, self.random.randint(0, 3))))

    def _values(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, make in {
            "title": self._title,
            "body": self._body,
            "summary": self._title,
            "related": lambda: s.related(self._page(home=True)),
            "image": lambda: (
                s.main_image(self.random.choice(self.images)) if self.random.random() < 0.7 else s.stream()
            ),
            "show_in_menus": lambda: self.random.random() < 0.5,
        }.items():
            if self.random.random() < 0.35:
                values[name] = make()
        return values

    def _own_values(self, page: Any) -> dict[str, Any]:
        values: dict[str, Any] = {}
        if hasattr(page, "municipalities") and self.random.random() < 0.3:
            values["municipalities"] = s.stream(("municipality", self.random.choice(["3405", "3403"])))
        if hasattr(page, "topics") and self.random.random() < 0.3:
            values["topics"] = [topic for topic in self.topics if topic.pk and self.random.random() < 0.5]
        if hasattr(page, "start") and self.random.random() < 0.3:
            values["start"] = page.start.replace(day=self.random.randint(1, 28))
        if hasattr(page, "report_id") and self.random.random() < 0.5:
            reports = list(NewsArticle.objects.order_by("pk"))
            values["report"] = self.random.choice([None, *reports])
        return values

    def _note(self, operation: str, item: Any = None, **more: Any) -> None:
        self.log.append(f"{operation} {item.pk if item else ''} {more or ''}")

    # -- operations --------------------------------------------------------------------------------------------------

    def _add(self) -> None:
        parent = self._page(home=True)
        kinds: list[Any] = [s.section, s.plain, s.news, s.event, s.showcase, lambda t: Network(title=t)]
        kind = self.random.choice(kinds)
        page = s.add(parent, kind(self._title()), live=False)
        if self.random.random() < 0.8:
            s.publish(page, **self._values(), **self._own_values(page))
        self._note("add", page, under=parent.pk, type=type(page).__name__, live=page.live)

    def _edit(self) -> None:
        if page := self._page(live=True, home=True, own=True):
            values = self._values() | self._own_values(page)
            self._note("edit", page, **values)
            s.publish(page, **values)

    def _draft(self) -> None:
        if page := self._page(home=True, own=True):
            self._note("draft", page)
            s.draft(page, title=f"{SECRET} {self._title()}", summary=SECRET)

    def _publish(self) -> None:
        if page := self._page(live=False, own=True):
            self._note("publish", page)
            s.publish(page)

    def _unpublish(self) -> None:
        if page := self._page(live=True):
            self._note("unpublish", page)
            s.unpublish(page)

    def _delete(self) -> None:
        if Page.objects.filter(depth__gte=3).count() > 4 and (page := self._page()):
            self._note("delete", page)
            s.delete(page)

    def _slug(self) -> None:
        if page := self._page():
            slug = self.random.choice(["a", "b", "c"])
            if not page.get_siblings(inclusive=False).filter(slug=slug).exists():
                self._note("slug", page, slug=slug)
                page = page.specific_class.objects.get(pk=page.pk)
                page.slug = slug
                page.save()

    def _move(self) -> None:
        page, target = self._page(), self._page(home=True)
        if page is None or target.pk == page.pk or target.is_descendant_of(page):
            return
        if not target.get_children().exclude(pk=page.pk).filter(slug=page.slug).exists():
            pos = self.random.choice(["first-child", "last-child"])
            self._note("move", page, under=target.pk, pos=pos)
            s.move(page, target, pos)

    def _reorder(self) -> None:
        if page := self._page():
            siblings = list(page.get_siblings(inclusive=False))
            if siblings:
                target = self.random.choice(siblings)
                pos = self.random.choice(["left", "right"])
                self._note("reorder", page, beside=target.pk, pos=pos)
                s.move(page, target, pos)

    def _restrict(self) -> None:
        if page := self._page():
            self._note("restrict", page)
            PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")

    def _lift(self) -> None:
        if restriction := PageViewRestriction.objects.order_by("pk").first():
            self._note("lift", restriction.page)
            restriction.delete()

    def _topic(self) -> None:
        topic = self.random.choice(self.topics)
        if topic.pk:
            self._note("topic", topic)
            topic.label = self._title()
            if self.random.random() < 0.3:
                topic.slug = f"emne-{self.count}"
            topic.save()

    def _topic_deleted(self) -> None:
        topic = self.random.choice(self.topics)
        if topic.pk:
            self._note("topic deleted", topic)
            topic.delete()

    def _image(self) -> None:
        image = ContentImage.objects.get(pk=self.random.choice(self.images).pk)
        what = self.random.choice(["credit", "focus", "file", "collection", "consent", "renditions"])
        self._note("image", image, what=what)
        if what == "credit":
            image.credit = self._title()
        elif what == "focus":
            image.focal_point_x, image.focal_point_y = self.random.randint(1, 30), 10
            image.focal_point_width = image.focal_point_height = 5
        elif what == "file":
            image.file = s.picture(colour=self.random.choice(["red", "blue"]), size=(self.random.randint(20, 60), 30))
        elif what == "collection":
            image.collection = self._collection(image)
        elif what == "consent":
            image.consent_until = None if image.consent_until else timezone.localdate() - timedelta(days=1)
        else:
            image.renditions.all().delete()
        image.save()
        if what == "consent":
            Schedule().run_due()

    def _file(self) -> None:
        file = self.random.choice(self.files)
        self._note("file", file)
        file.title = self._title()
        if self.random.random() < 0.5:
            file.collection = self._collection(file)
        file.save()

    def _collection(self, media: Any) -> Any:
        return Collection.get_first_root_node() if media.collection_id == self.private.pk else self.private

    def _collection_closed(self) -> None:
        restrictions = CollectionViewRestriction.objects.filter(collection=self.private)
        self._note("collection", open=restrictions.exists())
        if restrictions.exists():
            restrictions.get().delete()
        else:
            CollectionViewRestriction.objects.create(collection=self.private, restriction_type="login")

    def _alias(self) -> None:
        page, parent = self._page(live=True), self._page(home=True)
        if page and not parent.is_descendant_of(page) and parent.pk != page.pk:
            self._note("alias", page, under=parent.pk)
            Page.objects.get(pk=page.pk).create_alias(
                parent=Page.objects.get(pk=parent.pk), update_slug=f"alias-{len(self.log)}"
            )

    def _copy(self) -> None:
        if page := self._page():
            self._note("copy", page)
            page.copy(
                recursive=self.random.random() < 0.5,
                update_attrs={"slug": f"kopi-{len(self.log)}"},
                keep_live=self.random.random() < 0.7,
            )

    def _redirect(self) -> None:
        path = f"/{self.random.choice(['a', 'b', 'r'])}"
        target = self.random.choice([self._page(), "https://example.org/"])
        self._note("redirect", None, path=path, target=getattr(target, "pk", target))
        if row := Redirect.objects.filter(old_path=path).first():
            row.delete()
        else:
            Redirect.add_redirect(path, target)

    def _settings(self) -> None:
        self._note("settings")
        settings = SiteSettings.for_site(Site.objects.get())
        settings.name = self._title()
        settings.privacy = Page.objects.get(pk=self._page(home=True).pk)
        settings.footer_menu = s.stream(("link", s.link_value(self._page())))
        settings.save()

    def _schedule(self) -> None:
        """A page's time to go live or to expire comes."""
        if page := self._page(live=False, own=True):
            self._note("scheduled", page)
            page.go_live_at = timezone.now() + timedelta(hours=1)
            revision = page.save_revision()
            revision.publish()
            revision.refresh_from_db()
            past = timezone.now() - timedelta(minutes=1)
            revision.content["go_live_at"] = past.isoformat()
            revision.approved_go_live_at = past
            revision.save()
        elif page := self._page(live=True):
            self._note("expired", page)
            Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
        Schedule().run_due()

    def _fields(self) -> None:
        if page := self._page(live=True):
            self._note("fields", page)
            page.summary = self._title()
            page.save(update_fields=["summary"])


WEIGHTS = {
    "add": 3,
    "edit": 6,
    "draft": 3,
    "publish": 2,
    "unpublish": 2,
    "delete": 1,
    "slug": 3,
    "move": 3,
    "reorder": 2,
    "restrict": 1,
    "lift": 1,
    "topic": 1,
    "topic_deleted": 0.2,
    "image": 3,
    "file": 1,
    "collection_closed": 0.5,
    "alias": 1,
    "copy": 1,
    "redirect": 2,
    "settings": 0.5,
    "schedule": 1,
    "fields": 1,
}
