"""Where editors meet previews: the preview button with a frontend of one's own, and sharing a draft."""

from __future__ import annotations

import html
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from cms.preview import grants
from cms.preview.models import PreviewToken
from tests.integration.editing.forms import post_data
from tests.integration.previews.conftest import ENDED, ask, problem, shown
from tests.integration.previews.serving import served
from tests.integration.publishing import site

FRONTEND = "https://www.example.no/preview?token="


@pytest.fixture
def admin(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def frontend_set() -> Iterator[None]:
    with override_settings(FORMIDLE_PREVIEW_URL=FRONTEND + "{token}"):
        yield


def previewed(admin: Client, url: str, **fields: Any) -> str:
    """The preview button, pressed on a form with these values: where it leads."""
    assert admin.post(url, post_data(kind="news", **fields)).json()["is_valid"]
    response = admin.get(url, {"mode": ""})
    assert response.status_code == 302
    assert "no-store" in response["Cache-Control"]
    return str(response["Location"])


def edit_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])


@pytest.mark.usefixtures("frontend_set")
def test_preview_button_leads_to_the_frontend_with_what_is_not_saved(admin: Client, article: Any) -> None:
    location = previewed(admin, edit_url(article), title="Aldri lagret", slug="sak")
    assert location.startswith(FRONTEND)
    token = location.removeprefix(FRONTEND)
    assert shown(token)["title"] == "Aldri lagret"
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().title == "Utkast"
    site.publish(article)
    assert problem(ask(token)) == ENDED


@pytest.mark.usefixtures("frontend_set")
def test_panel_has_the_frontend_in_a_frame_of_ours(admin: Client, article: Any) -> None:
    admin.post(edit_url(article), post_data(kind="news", title="I ruten", slug="sak"))
    text = admin.get(edit_url(article), {"mode": "", "in_preview_panel": "true"}).content.decode()
    found = re.search(r'<iframe src="([^"]+)"', text)
    assert found
    assert shown(html.unescape(found[1]).removeprefix(FRONTEND))["title"] == "I ruten"


@pytest.mark.usefixtures("frontend_set")
def test_page_that_was_never_saved_is_shown_in_the_frontend(admin: Client, home: Any) -> None:
    url = reverse("wagtailadmin_pages:preview_on_add", args=["articles", "newsarticle", home.pk])
    document = shown(previewed(admin, url, title="Helt ny", slug="helt-ny").removeprefix(FRONTEND))
    assert (document["id"], document["title"], document["path"]) == (0, "Helt ny", "/helt-ny/")
    assert document["breadcrumbs"]
    assert Page.objects.filter(title="Helt ny").count() == 0


@pytest.mark.usefixtures("frontend_set")
def test_earlier_looks_at_a_form_stay_open_up_to_a_number(
    admin: Client, article: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grants, "EDITOR_KEPT", 2)
    found = [
        previewed(admin, edit_url(article), title=f"Nr. {number}", slug="sak").removeprefix(FRONTEND)
        for number in range(3)
    ]
    assert [ask(token).status_code for token in found] == [410, 200, 200]
    assert PreviewToken.objects.filter(content__isnull=True).count() == 1


@pytest.mark.usefixtures("frontend_set")
def test_revision_of_the_history_and_saved_draft_are_shown_in_the_frontend(admin: Client, article: Any) -> None:
    for url in (
        reverse("wagtailadmin_pages:view_draft", args=[article.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[article.pk, article.latest_revision_id]),
    ):
        location = admin.get(url)["Location"]
        assert shown(location.removeprefix(FRONTEND))["title"] == "Utkast"


def test_in_our_own_preview_links_lead_to_drafts_inside_the_admin(admin: Client, home: Any, article: Any) -> None:
    page = site.add(home, site.news("Peker", slug="peker"), live=False)
    site.draft(page, body=site.stream(site.link_text(article)))
    text = admin.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    assert f'href="/admin/pages/{article.pk}/view_draft/"' in text


def test_example_frontend_shows_drafts_their_links_and_pictures(admin: Client, home: Any, article: Any) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    example = settings.BASE_DIR / "docs" / "examples" / "preview-frontend" / "server.py"
    assert len(example.read_text().splitlines()) <= 60
    page = site.add(home, site.news("Peker", slug="peker"), live=False)
    body = site.stream(site.link_text(article), site.image_block(site.add_image()))
    site.draft(page, body=body)
    with served() as url, override_settings(FORMIDLE_PREVIEW_URL=f"http://127.0.0.1:{port}/preview?token={{token}}"):
        process = subprocess.Popen([sys.executable, str(example), url, str(port)], stderr=subprocess.DEVNULL)
        try:
            location = admin.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))["Location"]
            status, text = fetch(location)
            assert status == 200
            assert "<h1>Peker</h1><p>Draft</p>" in text
            link = re.search(r'href="(/preview\?token=[^"]+)"', text)
            picture = re.search(r'<img src="([^"]+)"', text)
            assert link
            assert picture
            assert "<h1>Utkast</h1>" in fetch(f"http://127.0.0.1:{port}{html.unescape(link[1])}")[1]
            assert urlopen(html.unescape(picture[1])).read(8).startswith(b"\x89PNG")
            assert "<h1>Publisert</h1>" in fetch(f"http://127.0.0.1:{port}/sak/")[1]
            grants.revoke(PreviewToken.objects.all())
            assert fetch(location)[0] == 410
            assert fetch(f"http://127.0.0.1:{port}/preview?token=x")[0] == 403
        finally:
            process.terminate()
            process.wait(10)


def fetch(url: str) -> tuple[int, str]:
    for _ in range(100):
        try:
            with urlopen(url) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()
        except OSError:  # not started yet
            time.sleep(0.1)
    raise AssertionError("the example did not start")


# -- sharing ---------------------------------------------------------------------------------------------------------


def shared(admin: Client, page: Any, **values: Any) -> str:
    """The link that the form makes."""
    response = admin.post(f"/admin/pages/{page.pk}/share/", {"hours": "24", "depth": "1", "note": "", **values})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    found = re.search(r'value="(http[^"]+)"', response.content.decode())
    assert found
    return html.unescape(found[1])


def test_editor_makes_a_link_sees_its_use_and_revokes_it(admin: Client, article: Any) -> None:
    link = shared(admin, article, note="Kari i kommunen")
    path = link.removeprefix("http://testserver")
    visitor = Client()
    assert "Utkast" in visitor.get(path).content.decode()
    row = PreviewToken.objects.get()
    assert row.last_used_at is not None
    listed = admin.get(f"/admin/pages/{article.pk}/share/").content.decode()
    assert "Kari i kommunen" in listed
    assert path not in listed
    admin.post(f"/admin/pages/{article.pk}/share/{row.pk}/revoke/")
    assert visitor.get(path).status_code == 410


def test_link_leads_to_the_frontend_where_there_is_one(admin: Client, article: Any) -> None:
    with override_settings(FORMIDLE_PREVIEW_URL=FRONTEND + "{token}"):
        link = shared(admin, article)
    assert shown(link.removeprefix(FRONTEND))["title"] == "Utkast"


def test_page_without_a_draft_has_nothing_to_share(admin: Client, article: Any) -> None:
    site.publish(article)
    assert 'name="hours"' not in admin.get(f"/admin/pages/{article.pk}/share/").content.decode()
    admin.post(f"/admin/pages/{article.pk}/share/", {"hours": "24", "depth": "1"})
    assert not PreviewToken.objects.exists()


def test_lifetime_that_is_not_offered_is_refused(admin: Client, article: Any) -> None:
    for hours in ("100000", "0", "-1", "x", ""):
        admin.post(f"/admin/pages/{article.pk}/share/", {"hours": hours, "depth": "1"})
    assert not PreviewToken.objects.exists()


def test_only_those_who_edit_a_page_share_it_and_revoke_its_links(
    admin: Client, home: Any, article: Any, django_user_model: Any
) -> None:
    other = site.add(home, site.news("Min side", slug="min"))
    site.draft(other)
    editor = django_user_model.objects.create_user("editor", "", "x")
    group = Group.objects.create(name="Én side")
    group.permissions.add(*Group.objects.get(name="Editors").permissions.filter(codename="access_admin"))
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(pk=other.pk), permission_type="change")
    editor.groups.add(group)
    client = Client()
    client.force_login(editor)
    shared(admin, article)
    row = PreviewToken.objects.get()
    url = f"/admin/pages/{article.pk}/share/"
    assert client.get(url).status_code == 302
    client.post(url, {"hours": "24", "depth": "1"})
    client.post(f"{url}{row.pk}/revoke/")
    client.post(f"/admin/pages/{other.pk}/share/{row.pk}/revoke/")
    row.refresh_from_db()
    assert (row.revoked_at, PreviewToken.objects.count()) == (None, 1)
    shared(client, other)
    assert Client().get(url).status_code == 302


def test_page_s_menu_has_the_action(admin: Client, article: Any) -> None:
    assert f"/admin/pages/{article.pk}/share/" in admin.get(f"/admin/pages/{article.pk}/edit/").content.decode()
