"""Links and files of a previewed document: drafts where there are some, and no more than was meant."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, GroupPagePermission, Page

from cms.content.models import ContentImage
from cms.preview import grants
from cms.preview.models import PreviewToken
from cms.publishing.schedule import Schedule
from tests.integration.previews.conftest import ENDED, UNKNOWN, Share, ask, problem, shown
from tests.integration.publishing import site


@pytest.fixture
def target(home: Any) -> Any:
    """Never published."""
    page = site.add(home, site.news("Ukjent", slug="ukjent"), live=False)
    site.draft(page)
    page.refresh_from_db()
    return page


@pytest.fixture
def linking(home: Any, article: Any, target: Any) -> Any:
    """A draft that points to a live page with a draft, a page without one, and one that was never published."""
    quiet = site.add(home, site.news("Uendret", slug="uendret"))
    site.work()
    page = site.add(home, site.news("Peker", slug="peker"), live=False)
    body = site.stream(site.link_text(article, quiet, target), site.cards(article, target))
    site.draft(page, body=body, related=site.related(article, target))
    page.refresh_from_db()
    return page


def links(document: Any) -> list[Any]:
    return document["body"][0]["value"]["links"]


def child(document: Any, number: int = 0) -> str:
    return links(document)[number]["url"].removeprefix("/preview/").removesuffix("/")


def test_links_lead_to_drafts_where_there_are_some(linking: Any, share: Share) -> None:
    document = shown(share(linking))
    changed, quiet, unknown = links(document)
    assert quiet["path"] == "/uendret/"
    for link, title in ((changed, "Utkast"), (unknown, "Ukjent")):
        assert link["path"] == link["url"]
        assert f'href="{link["path"]}"' in document["body"][0]["value"]["html"]
        assert shown(link["path"].split("/")[2])["title"] == title
        assert title in Client().get(link["path"]).content.decode()
    for summary in (item["page"] for item in document["body"][1]["value"]["items"]):
        assert summary["path"].startswith("/preview/c.")
        assert Client().get(summary["api_url"]).json()["title"] == summary["title"]
    assert [each["title"] for each in document["related"]] == ["Utkast", "Ukjent"]


def test_what_the_public_sees_is_as_before(linking: Any, article: Any, share: Share) -> None:
    shown(share(linking))
    assert Client().get(f"/api/v1/content/{article.pk}/").json()["title"] == "Publisert"
    assert "/preview/" not in Client().get("/sak/").content.decode()


def test_what_the_system_adds_is_what_the_public_sees(home: Any, article: Any, target: Any, share: Share) -> None:
    site.draft(home, title="Forside under arbeid")
    document = shown(share(target))
    assert document["breadcrumbs"] == [{"id": home.pk, "title": "Forside", "path": "/"}] or (
        document["breadcrumbs"][0]["path"] == "/"
    )
    assert "/preview/" not in str(document["breadcrumbs"])


@pytest.mark.parametrize(("depth", "reached"), [(grants.ONLY_THIS, 0), (grants.LINKED, 1), (grants.ALL_LINKED, 3)])
def test_depth_says_how_far_links_lead_to_drafts(home: Any, share: Share, depth: int, reached: int) -> None:
    page = None
    for number in range(4):
        page_ = site.add(home, site.news(f"Ledd {number}", slug=f"ledd-{number}"), live=False)
        site.draft(page_, body=site.stream(site.link_text(page)) if page else "")
        page_.refresh_from_db()
        page = page_
    token, steps = share(page, depth=depth), 0
    while links(document := shown(token)) if steps < 3 else False:
        token, steps = child(document), steps + 1
    assert steps == reached


def test_links_to_drafts_end_with_the_share(linking: Any, share: Share) -> None:
    token = share(linking)
    found = child(shown(token))
    assert ask(found).status_code == 200
    grants.revoke(PreviewToken.objects.all())
    assert problem(ask(found)) == ENDED


def test_links_to_drafts_end_when_the_shared_page_is_published(linking: Any, share: Share) -> None:
    found = child(shown(share(linking)))
    site.publish(linking)
    assert problem(ask(found)) == ENDED


def test_link_to_a_draft_ends_when_that_is_published_and_the_next_leads_to_the_live_page(
    linking: Any, article: Any, share: Share
) -> None:
    token = share(linking)
    found = child(shown(token))
    site.publish(article, title="Nå publisert")
    site.work()
    assert problem(ask(found)) == ENDED
    assert links(shown(token))[0]["path"] == "/sak/"
    site.draft(article, title="Neste utkast")
    assert shown(child(shown(token)))["title"] == "Neste utkast"
    site.unpublish(article)
    assert problem(ask(found)) == ENDED
    assert shown(child(shown(token)))["title"] == "Neste utkast"


def test_derived_token_opens_nothing_else(linking: Any, article: Any, target: Any, share: Share) -> None:
    found = child(shown(share(linking)))
    head, grant, page, revision, depth, state, signature = found.split(".")
    assert page == str(article.pk)
    others = [
        (grant, str(target.pk), revision, depth, state),
        (grant, page, "0", depth, state),
        (grant, page, revision, "9", state),
        (grant, page, revision, depth, "0" * len(state)),
        (str(int(grant) + 1), page, revision, depth, state),
    ]
    share(target)
    for other in others:
        assert problem(ask(".".join((head, *other, signature)))) == UNKNOWN


def test_only_drafts_that_the_creator_may_see(home: Any, linking: Any, django_user_model: Any) -> None:
    editor = django_user_model.objects.create_user("editor", "", "x")
    group = Group.objects.create(name="Én side")
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(pk=linking.pk), permission_type="change")
    editor.groups.add(group)
    document = shown(grants.share(linking, editor, lifetime=grants.EDITOR_LIFETIME)[1])
    assert [link["path"] for link in links(document)] == ["/sak/", "/uendret/"]


@override_settings(
    FORMIDLE_PREVIEW_URL="https://www.example.no/preview?token={token}", API_URL="https://api.example.no"
)
def test_external_frontend_gets_links_to_itself(linking: Any, share: Share) -> None:
    document = shown(share(linking))
    link = links(document)[0]
    assert link["url"].startswith("https://www.example.no/preview?token=c.")
    assert link["path"] == link["url"].removeprefix("https://www.example.no")
    assert document["related"][0]["api_url"].startswith("https://api.example.no/api/v1/preview/c.")


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def pictured(home: Any) -> Any:
    page = site.add(home, site.news("Med bilde", slug="bilde"), live=False)
    site.draft(page, image=site.main_image(site.add_image()), body=site.stream(site.link_text()))
    page.refresh_from_db()
    return page


def test_pictures_of_a_draft_are_for_those_who_hold_its_token(pictured: Any, share: Share) -> None:
    document = shown(share(pictured))
    src = document["image"]["src"]
    response = Client().get(src)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.getvalue().startswith(b"\x89PNG")
    name = src.split("/", 6)[6]
    assert Client().get(f"/media/{name}").status_code == 404
    key = src.split("/")[5]
    for url in (
        f"/api/v1/preview/files/{key[:-1]}{'A' if key[-1] != 'A' else 'B'}/{name}",
        f"/api/v1/preview/files/{key}/{name}x",
        f"/api/v1/preview/files/{key}/original_images/bilde.png",
        f"/api/v1/preview/files/{key}/../../../../db.sqlite3",
        f"/api/v1/preview/files/0.{key.partition('.')[2]}/{name}",
    ):
        assert problem(Client().get(url)) == UNKNOWN, url
    grants.revoke(PreviewToken.objects.all())
    assert problem(Client().get(src)) == ENDED


def test_every_file_that_a_draft_names_can_be_fetched(pictured: Any, share: Share) -> None:
    document = shown(share(pictured))
    image = document["image"]
    urls = [image["original"]["src"], *(part.split()[0] for s in image["sources"] for part in s["srcset"].split(", "))]
    assert urls
    assert {Client().get(url).status_code for url in urls} == {200}
    assert "/media/" not in str(document).replace("/admin/media/", "")


def test_document_file_of_a_draft(home: Any, share: Share) -> None:
    file = site.add_file()
    page = site.add(home, site.news("Med fil", slug="fil"), live=False)
    site.draft(page, body=site.stream(("document", file.pk)))
    page.refresh_from_db()
    document = shown(share(page))
    response = Client().get(document["body"][0]["value"]["url"])
    assert response.status_code == 200
    assert response.getvalue().startswith(b"%PDF")


@pytest.mark.parametrize("end", ["consent", "private collection"])
def test_kept_address_of_a_file_ends_when_it_may_not_be_shown_any_more(home: Any, share: Share, end: str) -> None:
    image, file = site.add_image(), site.add_file()
    page = site.add(home, site.news("Utkast", slug="utkast"), live=False)
    site.draft(page, image=site.main_image(image), body=site.stream(("document", file.pk)))
    document = shown(share(page))
    urls = [document["image"]["src"]]
    if end == "consent":
        ContentImage.objects.update(consent_until=timezone.now() - timedelta(days=2))
        Schedule().run_due()
    else:
        urls.append(document["body"][0]["value"]["url"])
        assert {Client().get(url).status_code for url in urls} == {200}
        private = Collection.get_first_root_node().add_child(name="Privat")
        CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
        for each in (image, file):
            each.collection = private
            each.save()
    assert [problem(Client().get(url)) for url in urls] == [(404, "not-found")] * len(urls)


def test_file_that_is_gone_is_said_to_be(pictured: Any, share: Share) -> None:
    src = shown(share(pictured))["image"]["src"]
    name = src.split("/", 6)[6]
    default_storage.delete(name)
    assert problem(Client().get(src)) == (404, "not-found")
