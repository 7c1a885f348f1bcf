"""What holds for all documents: never built, lost, other settings, disabled plugins, restored backups, old log."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from cms.plugins import registry
from cms.publishing import housekeeping, log_position, projection, reads
from cms.publishing.models import Change, Consumer, Document, Note, Projection, PublishedSite
from cms.publishing.projector import Projector
from tests.integration.publishing import site as s
from tests.integration.publishing.site import add, assert_consistent, detail, is_live, news, plain, publish, work


def test_nothing_is_known_until_the_first_projection_is_complete(db):
    home = s.make_home()
    page = add(home, plain("Om oss"))
    with pytest.raises(reads.NotBuilt):
        reads.site_for_host("localhost")
    projector = Projector()
    projector.step()
    with pytest.raises(reads.NotBuilt):
        reads.site_for_host("localhost")
    projector.drain()
    assert is_live(page)


def test_site_without_pages_is_empty_and_not_broken(db):
    home = s.make_home()
    home.unpublish()
    work()
    site = reads.site_for_host("localhost")
    assert reads.list_documents(reads.ListQuery(site.id)).rows == []


def test_database_with_pages_and_no_note_is_built(db):
    """As after an upgrade from a version that knew no documents, or a restore without these tables."""
    home = s.make_home()
    page = add(home, plain("Om oss"))
    Note.objects.all().delete()
    work()
    assert is_live(home)
    assert is_live(page)


def test_lost_documents_are_503_and_built_again(home):
    page = add(home, plain("Om oss"))
    work()
    Document.objects.all().delete()
    projection.begin()
    with pytest.raises(reads.NotBuilt):
        reads.site_for_host("localhost")
    assert Client().get("/api/v1/content/").status_code == 503
    work()
    assert is_live(page)
    assert_consistent()


def test_site_whose_pages_are_all_hidden_is_not_lost(home):
    home.unpublish()
    work()
    projection.begin()
    assert reads.site_for_host("localhost")
    assert not Note.objects.exists()


def test_other_settings_build_all_anew(home, settings):
    page = add(home, plain("Om oss"))
    work()
    settings.PUBLIC_URL = "https://www.example.org"
    work()
    assert detail(page)["url"] == "https://www.example.org/om-oss/"
    assert_consistent()


def test_same_settings_build_nothing(home):
    projection.begin()
    assert not Note.objects.exists()


def test_pages_of_a_disabled_plugin_are_gone_until_it_is_back(home, monkeypatch):
    article = add(home, news("Sak"))
    reader = add(home, plain("Leser", body=s.stream(s.link_text(article), s.cards(article))))
    work()
    others = {name: each for name, each in registry.content_types().items() if name != "news-article"}
    monkeypatch.setattr(registry, "content_types", lambda: others)
    monkeypatch.setattr(registry, "by_model", {each.model: each for each in others.values()}.get)
    work()
    assert not is_live(article)
    assert detail(reader)["body"][0]["value"]["links"] == []
    assert_consistent()
    monkeypatch.undo()
    work()
    assert is_live(article)
    assert len(detail(reader)["body"][0]["value"]["links"]) == 1


# -- the log ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def data(home, settings, tmp_path):
    settings.FORMIDLE_DATA = tmp_path
    assert not log_position.notice_restore()
    return tmp_path


def test_epoch_stays_while_the_log_grows(home, data):
    epoch = reads.epoch()
    publish(home, title="Ny")
    work()
    log_position.remember()
    assert not log_position.notice_restore()
    assert (data / "log-position").read_text() == f"{epoch} {reads.last_change()}\n"


def test_restored_backup_has_another_epoch(home, data):
    epoch = reads.epoch()
    backup = reads.last_change()
    publish(home, title="Ny")
    work()
    log_position.remember()
    Change.objects.filter(pk__gt=backup).delete()
    assert log_position.notice_restore()
    assert reads.epoch() != epoch
    assert Note.objects.filter(target="all:").exists()
    assert not log_position.notice_restore(), "once"


def test_backup_restored_twice_has_a_third_epoch(home, data):
    stored = Projection.objects.get()
    backup, epoch = reads.last_change(), stored.epoch
    publish(home, title="Ny")
    work()
    log_position.remember()
    Change.objects.filter(pk__gt=backup).delete()
    log_position.notice_restore()
    second = reads.epoch()
    Projection.objects.update(epoch=epoch)
    assert log_position.notice_restore()
    assert reads.epoch() not in (epoch, second)


def test_copy_of_the_database_elsewhere_has_another_epoch(home, data, monkeypatch):
    """Also where nothing is known of how far the log once was, as on a new machine."""
    (data / "log-position").unlink()
    epoch = reads.epoch()
    monkeypatch.setattr(projection, "identity", lambda: "12345678")
    assert log_position.notice_restore()
    assert reads.epoch() != epoch
    assert not log_position.notice_restore(), "once"


def test_consumer_that_is_ahead_of_the_log_renews_the_epoch(home, data):
    Consumer.objects.create(name="search", cursor=reads.last_change() + 10, epoch=reads.epoch())
    assert log_position.notice_restore()


@pytest.mark.parametrize("content", ["", "nonsense", "a b c", "epoch x"])
def test_unreadable_position_is_written_anew(home, data, content):
    (data / "log-position").write_text(content)
    assert not log_position.notice_restore()
    assert reads.epoch() in (data / "log-position").read_text()


def test_old_entries_of_the_log_go_and_the_last_one_stays(home):
    add(home, plain("Om oss"))
    work()
    last = reads.last_change()
    Change.objects.update(at=timezone.now() - housekeeping.KEPT - timedelta(days=1))
    assert housekeeping.cut_log() > 0
    assert housekeeping.cut_log() == 0
    assert list(Change.objects.values_list("pk", flat=True)) == [last]
    assert reads.log_begin() == last - 1
    assert reads.last_change() == last


def test_site_that_is_renamed(home):
    from wagtail.models import Site

    site = Site.objects.get()
    site.hostname, site.site_name = "www.example.org", "Nytt navn"
    site.save()
    work()
    assert reads.site_named("www.example.org").name == "Nytt navn"
    assert reads.site_named("localhost") is None
    assert s.about()["name"] == "Nytt navn"
    assert PublishedSite.objects.count() == 1


def test_name_of_a_site_is_no_draft(home):
    from wagtail.models import Site

    Site.objects.update(site_name="")
    work()
    home.unpublish()
    home.title = "Hemmelig"
    home.save()
    Site.objects.get().save()
    work()
    assert s.about()["name"] == "localhost"


def test_fingerprint_knows_plugins_and_their_versions(settings):
    before = projection.fingerprint()
    found = [SimpleNamespace(name="library", distribution="formidle-library 1.2")]
    settings.CMS_PLUGINS = SimpleNamespace(found=found)
    assert projection.fingerprint() != before
