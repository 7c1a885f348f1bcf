"""What a token shows, and everything that ends it."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from cms.plugins import registry
from cms.preview import grants, tokens
from cms.preview.models import PreviewToken
from tests.integration.previews.conftest import ENDED, UNKNOWN, Share, ask, problem, shown
from tests.integration.publishing import site


def test_draft_has_the_shape_that_the_page_has_once_it_is_published(article: Any, share: Share) -> None:
    draft = shown(share(article))
    assert (draft["title"], draft["path"], draft["version"]) == ("Utkast", "/sak/", 0)
    site.publish(article, title="Utkast")
    site.work()
    live = Client().get(f"/api/v1/content/{article.pk}/").json()
    assert list(draft) == list(live)
    clock = ("version", "last_published_at", "seo")
    assert {k: v for k, v in draft.items() if k not in clock} == {k: v for k, v in live.items() if k not in clock}


def test_nobody_may_keep_or_index_an_answer(article: Any, share: Share) -> None:
    for response in (ask(share(article)), ask("x"), Client().options(f"/api/v1/preview/{share(article)}/")):
        assert response["Cache-Control"] == "private, no-store"
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert not {"ETag", "Last-Modified", "Cache-Tag", "Surrogate-Key", "Set-Cookie"} & set(response.headers)


def test_condition_is_never_answered_with_304(article: Any, share: Share) -> None:
    assert ask(share(article), if_none_match="*", if_modified_since="Fri, 01 Jan 2038 00:00:00 GMT").status_code == 200


def test_head_has_the_headers_and_writing_is_refused(article: Any, share: Share) -> None:
    url = f"/api/v1/preview/{share(article)}/"
    head = Client().head(url)
    assert (head.status_code, head.content) == (200, b"")
    assert problem(Client().post(url))[0] == 405
    assert Client().options(url).status_code == 204


def test_only_some_keys_and_only_the_page_s_own_site(article: Any, share: Share) -> None:
    url = f"/api/v1/preview/{share(article)}/"
    assert Client().get(url, {"fields": "title,path"}).json() == {"title": "Utkast", "path": "/sak/"}
    assert Client().get(url, {"site": "localhost"}).status_code == 200
    assert problem(Client().get(url, {"other": "1"})) == (400, "invalid-parameter")


def test_database_has_no_token(article: Any, share: Share) -> None:
    token = share(article)
    row = str(PreviewToken.objects.values().get())
    assert not [part for part in token.split(".") if part in row]


NO_TOKENS = ["x", "", ".", "..", "a.b", "c.1.1.1.1.ab.x", "%00", "%ff", "%F0%9F%94%92", "a/b", "a%2Fb", "../content/1"]
NO_TOKENS += [
    "x" * 20_000,
    "c.99999999999999999999.1.1.1.a.b",
    "c.1.1.1.1.ab.x\n",
    "files",
    "files/",
    "files/1.x/a.png",
]


@pytest.mark.parametrize("text", NO_TOKENS)
def test_what_is_no_token_is_unknown(article: Any, text: str) -> None:
    for url in (f"/api/v1/preview/{text}/", f"/api/v1/preview/{text}"):
        if not url.endswith("/preview/"):
            assert problem(Client().get(url)) == UNKNOWN, url
    assert Client().get(f"/preview/{text}/").status_code == 403


def test_every_changed_character_is_noticed_without_the_database(
    article: Any, share: Share, django_assert_num_queries: Any
) -> None:
    token = share(article)
    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert tokens.hash_of(changed) is None
    with django_assert_num_queries(0):
        assert problem(ask("A" + token[1:])) == UNKNOWN


def test_token_that_is_no_longer_known_is_unknown(article: Any, share: Share) -> None:
    token = share(article)
    PreviewToken.objects.update(expires_at=timezone.now() - grants.KEPT - timedelta(minutes=1))
    assert problem(ask(token)) == ENDED
    assert grants.forget_old() == 1
    assert problem(ask(token)) == UNKNOWN


def test_expired(article: Any, share: Share) -> None:
    token = share(article, lifetime=timedelta(0))
    assert problem(ask(token)) == ENDED
    page = Client().get(f"/preview/{token}/")
    assert page.status_code == 410
    assert "Publisert" not in page.content.decode()


def test_lifetime_has_an_end(article: Any, share: Share) -> None:
    share(article, lifetime=timedelta(days=10_000))
    assert PreviewToken.objects.get().expires_at < timezone.now() + timedelta(days=31)


def test_revoked_by_hand(article: Any, share: Share) -> None:
    token, other = share(article), share(article)
    grants.revoke(PreviewToken.objects.filter(hash=tokens.hash_of(token)))
    assert problem(ask(token)) == ENDED
    assert ask(other).status_code == 200


def test_newer_draft_is_not_what_was_shared(article: Any, share: Share) -> None:
    token = share(article)
    site.draft(article, title="Nyere utkast")
    assert shown(token)["title"] == "Utkast"
    assert shown(share(article))["title"] == "Nyere utkast"


def test_published(article: Any, share: Share) -> None:
    token = share(article)
    site.publish(article)
    assert problem(ask(token)) == ENDED


def test_published_by_the_revision_itself(article: Any, share: Share) -> None:
    token = share(article)
    article.get_latest_revision().publish()
    assert problem(ask(token)) == ENDED


def test_first_publishing_and_unpublishing(home: Any, share: Share) -> None:
    page = site.add(home, site.news("Ny", slug="ny"), live=False)
    site.draft(page)
    token = share(page)
    assert shown(token)["title"] == "Ny"
    page.refresh_from_db()
    page.get_latest_revision().publish()
    assert problem(ask(token)) == ENDED
    token = share(page)
    site.unpublish(page)
    assert problem(ask(token)) == ENDED
    assert shown(share(page))["title"] == "Ny"


def test_scheduled_page_stays_a_draft_until_it_goes_live(home: Any, share: Share) -> None:
    page = site.add(home, site.news("Siden", slug="siden"), live=False)
    site.draft(page, go_live_at=timezone.now() + timedelta(days=1))
    token = share(page)
    page.refresh_from_db()
    page.get_latest_revision().publish()
    assert ask(token).status_code == 200


def test_deleted(article: Any, share: Share) -> None:
    token = share(article)
    site.delete(article)
    assert problem(ask(token)) == ENDED


def test_revision_that_is_gone(article: Any, share: Share) -> None:
    site.draft(article, title="Nyere")
    token = share(article)
    PreviewToken.objects.update(revision_id=999_999)
    assert problem(ask(token)) == ENDED


def test_token_is_of_one_locale(article: Any, share: Share) -> None:
    token = share(article)
    PreviewToken.objects.update(locale="en")
    assert problem(ask(token)) == ENDED


def test_creator_who_may_no_longer_see_the_draft_shows_it_to_nobody(
    article: Any, share: Share, django_user_model: Any
) -> None:
    editor = django_user_model.objects.create_user("editor", "", "x")
    group = Group.objects.create(name="Nyheter")
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=2), permission_type="change")
    editor.groups.add(group)
    token = grants.share(article, editor, lifetime=timedelta(hours=1))[1]
    assert ask(token).status_code == 200
    editor.groups.clear()
    assert problem(ask(token)) == ENDED
    editor.groups.add(group)
    assert ask(token).status_code == 200
    editor.is_active = False
    editor.save()
    assert problem(ask(token)) == ENDED
    editor.delete()
    assert problem(ask(token)) == ENDED


def test_restricted_page_can_be_previewed(article: Any, share: Share) -> None:
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert shown(share(article))["title"] == "Utkast"


def test_page_outside_every_website_shows_nothing(home: Any, share: Share) -> None:
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=site.plain("Utenfor", slug="utenfor", live=False))
    assert problem(ask(share(page))) == ENDED


@pytest.mark.parametrize("address", ["/api/v1/preview/{}/", "/preview/{}/"])
def test_page_of_a_plugin_that_is_switched_off_shows_nothing(
    article: Any, share: Share, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    token = share(article)
    monkeypatch.setattr(registry, "_by_model", dict)
    assert Client().get(address.format(token)).status_code == 410


def test_page_of_a_plugin_that_was_uninstalled_shows_nothing(home: Any, share: Share) -> None:
    gone = ContentType.objects.create(app_label="formidle_museum", model="exhibition")
    page = home.add_child(instance=Page(title="Utstilling", slug="utstilling", content_type=gone, live=False))
    assert problem(ask(share(page))) == ENDED


def test_own_templates_show_the_draft_without_a_session(article: Any, share: Share) -> None:
    response = Client().get(f"/preview/{share(article)}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "Utkast" in html
    assert "noindex" in html
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert "frame-ancestors" in response["Content-Security-Policy"]
    assert Client().post(f"/preview/{share(article)}/").status_code == 405


def test_token_is_in_no_log(
    article: Any, share: Share, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, over = share(article), share(article, lifetime=timedelta(0))
    caplog.set_level(logging.DEBUG)

    def broken(*_: Any) -> None:
        raise RuntimeError("broken")

    ask(token + "x")
    ask(over)
    Client().get(f"/preview/{over}/")
    monkeypatch.setattr("cms.preview.opening.build", broken)
    client = Client(raise_request_exception=False)
    assert problem(client.get(f"/api/v1/preview/{token}/"))[0] == 500
    assert client.get(f"/preview/{token}/").status_code == 500
    assert caplog.records
    assert not [each for each in (token, over) if each.partition(".")[0] in caplog.text]


@override_settings(SECRET_KEY="another")
def test_other_key_makes_all_tokens_unknown(article: Any, share: Share) -> None:
    token = share(article)
    with override_settings(SECRET_KEY="a third"):
        assert problem(ask(token)) == UNKNOWN
