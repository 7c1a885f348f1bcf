"""Which pages can be made where, and by whose plugin."""

from django.urls import reverse
from wagtail.models import Page

from articles.models import Event, NewsArticle
from cms.plugins import registry
from home.models import HomePage, PlainPage, SectionPage


def offered(client, parent) -> set[str]:
    response = client.get(reverse("wagtailadmin_pages:add_subpage", args=[parent.pk]))
    if response.status_code == 302:  # one type only: straight to its form
        return {response.url.rstrip("/").split("/")[-2]}
    return {model for _, _, model, _ in response.context["page_types"]}


def test_only_home_pages_stand_at_the_root(admin, home):
    root = Page.get_first_root_node()
    assert offered(admin, root) == {"homepage"}
    assert not Event.can_exist_under(root)


def test_home_pages_stand_nowhere_else(admin, section):
    types = offered(admin, section)
    assert "homepage" not in types
    assert {"event", "newsarticle", "sectionpage", "plainpage"} <= types
    assert HomePage not in section.allowed_subpage_models()


def test_every_type_says_what_it_is_for(admin, section):
    html = admin.get(reverse("wagtailadmin_pages:add_subpage", args=[section.pk])).content.decode()
    for model in (Event, NewsArticle, SectionPage, PlainPage):
        assert str(model.page_description) in html


def test_nothing_lies_below_an_event_or_a_news_article(section):
    for model in (Event, NewsArticle):
        assert model.allowed_subpage_models() == []


def test_types_of_a_disabled_plugin_are_not_offered(admin, section, monkeypatch):
    enabled = {each.model: each for each in registry.content_types().values() if each.plugin.name != "articles"}
    monkeypatch.setattr(registry, "by_model", enabled.get)
    assert offered(admin, section) == {"sectionpage", "plainpage"}
    url = reverse("wagtailadmin_pages:add", args=["articles", "event", section.pk])
    assert admin.get(url).status_code == 302, "sent away: no permission"
