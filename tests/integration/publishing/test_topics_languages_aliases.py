"""Topics, languages, trees in several languages, and pages that follow another page."""

from __future__ import annotations

import pytest
from wagtail.models import Locale, Page

from cms.content.topics import Topic
from cms.publishing import reads
from tests.integration.publishing.site import (
    about,
    add,
    cards,
    detail,
    document,
    is_live,
    link_text,
    news,
    plain,
    publish,
    resolve,
    section,
    showcase,
    stream,
    unpublish,
    work,
)

pytestmark = pytest.mark.usefixtures("consistent")


# -- topics ----------------------------------------------------------------------------------------------------------


def keys(page):
    return reads.keys([page.pk])[page.pk]


@pytest.fixture
def topic(home):
    return Topic.objects.create(label="Arbeidsliv")


def test_renamed_topic_is_renamed_in_documents_filters_and_labels(home, topic):
    page = add(home, showcase("Prosjekt"))
    publish(page, topics=[topic])
    reader = add(home, plain("Leser", body=stream(cards(page))))
    work()
    assert keys(page)["topic"] == ("arbeidsliv",)
    topic.label = "Arbeidsmiljø"
    topic.save()
    work()
    assert detail(page)["topics"] == [{"slug": "arbeidsliv", "label": "Arbeidsmiljø"}]
    assert reads.labels({"topic": ["arbeidsliv", "klima"]}) == {"topic": {"arbeidsliv": "Arbeidsmiljø"}}
    shown = detail(reader)["body"][0]["value"]["items"][0]["page"]
    assert shown["topics"][0]["label"] == "Arbeidsmiljø"
    topic.slug = "arbeidsmiljo"
    topic.save()
    work()
    assert keys(page)["topic"] == ("arbeidsmiljo",)


def test_deleted_topic_is_left_out(home, topic):
    page = add(home, showcase("Prosjekt"))
    publish(page, topics=[topic])
    work()
    topic.delete()
    work()
    assert detail(page)["topics"] == []
    assert "topic" not in keys(page)


def test_relation_changed_outside_a_save(home, topic):
    """As a script or a merge of topics does it: in the table of the relation, past the page."""
    page = add(home, showcase("Prosjekt"))
    work()
    through = type(page).topics.through
    through.objects.create(showcase_id=page.pk, topic_id=topic.pk)
    publish(page, topics=[topic])
    work()
    assert keys(page)["topic"] == ("arbeidsliv",)


# -- languages -------------------------------------------------------------------------------------------------------


def test_language_of_the_text_is_its_editors(home):
    page = add(home, news("Nynorsk sak", language="nn"))
    work()
    assert (detail(page)["language"], detail(page)["locale"]) == ("nn", "nb")
    assert keys(page)["language"] == ("nn",)
    publish(page, language="en")
    work()
    assert detail(page)["language"] == "en"
    assert document(page).language == "en"


@pytest.fixture
def english(home, settings):
    """A second tree, whose root stands beside the Norwegian home page."""
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES = [("nb", "Norsk"), ("en", "English")]
    locale = Locale.objects.create(language_code="en")
    root = home.copy_for_translation(locale)
    publish(root, title="Home", language="en")
    work()
    return locale


def translation_paths(page):
    return [(each["locale"], each["path"]) for each in detail(page)["translations"]]


def test_tree_of_another_locale_has_a_prefix(home, english):
    root = home.get_translation(english)
    assert resolve("/en/") == root.pk
    assert translation_paths(home) == translation_paths(root) == [("en", "/en/"), ("nb", "/")]
    assert about()["locales"] == ["en", "nb"]
    assert detail(root)["breadcrumbs"] == []


def test_translations_know_each_other(home, english):
    page = add(home, plain("Om oss"))
    work()
    assert translation_paths(page) == [("nb", "/om-oss/")]
    translated = page.specific.copy_for_translation(english)
    work()
    assert document(translated) is None
    publish(translated, title="About us", slug="about")
    work()
    assert translation_paths(page) == [("en", "/en/about/"), ("nb", "/om-oss/")]
    publish(page, slug="om")
    work()
    assert translation_paths(translated) == [("en", "/en/about/"), ("nb", "/om/")]
    unpublish(translated)
    work()
    assert translation_paths(page) == [("nb", "/om/")]


# -- aliases ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def source(home):
    page = add(home, plain("Kilde"))
    work()
    return page


def alias_of(page, parent, **options):
    return Page.objects.get(pk=page.pk).create_alias(parent=Page.objects.get(pk=parent.pk), **options)


def test_alias_follows_its_source(home, source):
    parent = add(home, section("Annet sted"))
    alias = alias_of(source, parent)
    work()
    assert resolve("/annet-sted/kilde/") == alias.pk
    publish(source, title="Ny tittel", body=stream(link_text(parent)))
    work()
    assert detail(alias)["title"] == "Ny tittel"
    assert detail(alias)["body"] == detail(source)["body"]
    unpublish(source)
    work()
    assert not is_live(alias)
    publish(source)
    work()
    assert is_live(alias)


def test_aliases_of_a_subtree_follow(home, source):
    child = add(source, plain("Barn"))
    parent = add(home, section("Speil"))
    work()
    alias_of(source, parent, recursive=True)
    work()
    assert isinstance(resolve("/speil/kilde/barn/"), int)
    publish(child, title="Endret")
    work()
    found = Page.objects.get(alias_of=child.pk)
    assert detail(found)["title"] == "Endret"
    publish(parent, slug="nytt-speil")
    work()
    assert resolve("/speil/kilde/barn/") == "/nytt-speil/kilde/barn/"


def test_alias_that_becomes_a_page_of_its_own(home, source):
    from wagtail.actions.convert_alias import ConvertAliasPageAction

    parent = add(home, section("Annet sted"))
    alias = alias_of(source, parent)
    work()
    ConvertAliasPageAction(alias.specific).execute()
    publish(source, title="Bare kilden")
    work()
    assert detail(alias)["title"] == "Kilde"


def test_alias_in_another_tree_is_a_translation(home, source, english):
    alias = alias_of(source, home.get_translation(english), update_locale=english, reset_translation_key=False)
    work()
    assert translation_paths(source) == [("en", "/en/kilde/"), ("nb", "/kilde/")]
    assert detail(alias)["locale"] == "en"
