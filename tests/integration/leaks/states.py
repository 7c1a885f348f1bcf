"""Every way in which a page is not public: from its beginning, or after it has been."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.publishing.schedule import Schedule
from tests.integration.publishing import site as s

Undo = Callable[[], None] | None
"""Makes the page public again; None where nothing can."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where pages can stand. ``closed``: a section that asks for a login; ``outside``: a tree of no site."""

    home: Any
    open: Any
    closed: Any
    outside: Any


def make_places(home: Any, word: Callable[[str], str]) -> Places:
    def titles(name: str) -> dict[str, str]:
        return {"title": word(f"{name} title"), "slug": word(f"{name} slug"), "summary": word(f"{name} summary")}

    opened = s.add(home, s.section("Temaer", slug="temaer"))
    closed = s.add(home, s.section(**titles("closed section")), live=False)
    restrict(closed, "login")
    s.publish(closed)
    outside = s.add(Page.get_first_root_node(), s.section(**titles("outside")))
    return Places(home, opened, closed, outside)


def restrict(page: Any, kind: str) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=kind, password="x"
    )
    restriction.groups.set(Group.objects.all())
    return restriction


# -- never public: (page, places) → the page, hidden, and its way out --------------------------------------------------


def _draft(page: Any, places: Places) -> tuple[Any, Undo]:
    page = s.add(places.open, page, live=False)
    s.draft(page)
    return page, lambda: s.publish(page) and None


def _scheduled(page: Any, places: Places) -> tuple[Any, Undo]:
    page = s.add(places.open, page, live=False)
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision().publish()
    return page, lambda: s.publish(page, go_live_at=None) and None


def _under_closed(page: Any, places: Places) -> tuple[Any, Undo]:
    page = s.add(places.closed, page)
    return page, lambda: s.move(page, places.open)


def _outside(page: Any, places: Places) -> tuple[Any, Undo]:
    page = s.add(places.outside, page)
    return page, lambda: s.move(page, places.open)


def _restricted(kind: str) -> Callable[[Any, Places], tuple[Any, Undo]]:
    def make(page: Any, places: Places) -> tuple[Any, Undo]:
        page = s.add(places.open, page, live=False)
        restriction = restrict(page, kind)
        s.publish(page)
        return page, lambda: restriction.delete() and None

    return make


FROM_THE_START: dict[str, Callable[[Any, Places], tuple[Any, Undo]]] = {
    "draft": _draft,
    "scheduled": _scheduled,
    "under closed": _under_closed,
    "outside": _outside,
    "login": _restricted("login"),
    "groups": _restricted("groups"),
    "password": _restricted("password"),
}


# -- once public: (page, places) → its way back ------------------------------------------------------------------------


def _unpublish(page: Any, places: Places) -> Undo:
    s.unpublish(page)
    return lambda: s.publish(page) and None


def _expire(page: Any, places: Places) -> Undo:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    Schedule().run_due()
    return lambda: s.publish(page, expire_at=None) and None


def _restrict(kind: str) -> Callable[[Any, Places], Undo]:
    def hide(page: Any, places: Places) -> Undo:
        restriction = restrict(page, kind)
        return lambda: restriction.delete() and None

    return hide


def _restrict_above(page: Any, places: Places) -> Undo:
    restriction = restrict(Page.objects.get(pk=page.pk).get_parent(), "login")
    return lambda: restriction.delete() and None


def _move_under_closed(page: Any, places: Places) -> Undo:
    parent = Page.objects.get(pk=page.pk).get_parent()
    s.move(page, places.closed)
    return lambda: s.move(page, parent)


def _move_outside(page: Any, places: Places) -> Undo:
    parent = Page.objects.get(pk=page.pk).get_parent()
    s.move(page, places.outside)
    return lambda: s.move(page, parent)


def _delete(page: Any, places: Places) -> Undo:
    s.delete(page)
    return None


ONCE_PUBLIC: dict[str, Callable[[Any, Places], Undo]] = {
    "unpublished": _unpublish,
    "expired": _expire,
    "login": _restrict("login"),
    "groups": _restrict("groups"),
    "password": _restrict("password"),
    "closed from above": _restrict_above,
    "moved under closed": _move_under_closed,
    "moved outside": _move_outside,
    "deleted": _delete,
}
