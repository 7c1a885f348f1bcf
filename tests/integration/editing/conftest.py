from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from articles.models import Event
from cms.content.models import ContentImage
from cms.setup.home_page import ensure_home_page
from home.models import SectionPage
from tests.integration.editing.forms import photo, post_data


@pytest.fixture
def home(db: None) -> Any:
    return ensure_home_page() or Page.objects.get(depth=2).specific


@pytest.fixture
def section(home: Any) -> SectionPage:
    return home.add_child(instance=SectionPage(title="Arrangement", slug="arrangement"))


@pytest.fixture
def admin(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin", "", "x"))
    return client


def member_of(group: str) -> Client:
    user = get_user_model().objects.create_user(group.lower(), "", "x")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(home: Any) -> Client:
    """May write, may not publish."""
    return member_of("Editors")


@pytest.fixture
def moderator(home: Any) -> Client:
    return member_of("Moderators")


@pytest.fixture
def image(db: None) -> ContentImage:
    return ContentImage.objects.create(title="Bilde", file=photo(), credit="Kari Nordmann")


Create = Callable[..., Any]


@pytest.fixture
def create(admin: Client, section: SectionPage) -> Create:
    """Posts the form for a new page below the section: ``create("publish", **fields)``."""

    def post(action: str = "", model: str = "articles/event", client: Client = admin, **fields: Any) -> Any:
        app, name = model.split("/")
        return client.post(reverse("wagtailadmin_pages:add", args=[app, name, section.pk]), post_data(action, **fields))

    return post


@pytest.fixture
def edit(admin: Client) -> Create:
    """Posts the form of a page that is there: ``edit(page, "publish", **fields)``."""

    def post(page: Any, action: str = "", client: Client = admin, **fields: Any) -> Any:
        return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), post_data(action, **fields))

    return post


def errors(response: Any) -> dict[str, Any]:
    """{field: what the form shows at it}; for a StreamField the nested structure that its JavaScript gets."""
    assert response.status_code == 200, "the form was accepted"
    shown: dict[str, Any] = {}
    for name, found in response.context["form"].errors.as_data().items():
        first = found[0]
        shown[name] = json.loads(json.dumps(first.as_json_data())) if hasattr(first, "as_json_data") else first.messages
    return shown


def at(response: Any, field: str, *place: str | int) -> list[str]:
    """The messages at one place of a StreamField."""
    node = errors(response)[field]
    for step in place:
        node = node["blockErrors"][str(step)]
    return node["messages"]


def messages(response: Any) -> list[str]:
    """What the admin says after the redirect."""
    assert response.status_code == 302, errors(response)
    return [str(message) for message in response.wsgi_request._messages]


def only_event() -> Event:
    return Event.objects.get()
