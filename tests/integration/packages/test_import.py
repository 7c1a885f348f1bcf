"""What a package becomes on the site."""

from __future__ import annotations

from datetime import date, time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, Revision, Site

from cms.content.models import ContentImage, SiteSettings, Topic
from cms.content.times import instant
from tests.integration.packages import sample
from tests.integration.packages.conftest import Import


def test_every_page_is_published_as_an_editor_would(load: Import, content: Any, page: Any) -> None:
    report = load(content)

    assert len(report.pages.published) == 11  # seven, and four sections that the package leaves out
    for each in Page.objects.filter(depth__gt=1):
        assert each.live
        assert each.live_revision == each.latest_revision
        assert not each.has_unpublished_changes
    assert Revision.objects.filter(user=None).count() == 12  # the home page had one
    log = log_registry.get_logs_for_instance(page("/arrangement/fagdag/"))
    assert {"wagtail.create", "wagtail.publish"} <= {entry.action for entry in log}


def test_fields_hold_what_the_package_says(load: Import, content: Any, page: Any) -> None:
    load(content)
    event = page("/arrangement/fagdag/")

    assert event.summary == "Om kraft"
    assert instant(event.start) == "2019-01-31T09:00:00+01:00"
    assert (event.registration_deadline_date, event.registration_deadline_time) == (date(2019, 1, 20), None)
    assert event.place[0].value["municipality"] == "3405"
    assert [topic.label for topic in event.topics.order_by("slug")] == ["Kraft og nett", "Næring"]
    assert [item.value["start"] for item in event.programme] == [time(10), time(9)]
    assert event.report == page("/nyheter/referat/")
    assert (event.search_description, event.noindex) == ("Kort", True)
    assert event.image[0].value["image"].title == "Salen"
    assert page("/prosjekter/arkiv/kulturhjertet/").period_end == "2014-05"
    assert page("/nettverk/styrking/").gatherings[1].value["event"].specific == event


def test_rich_text_links_hold_the_page_and_the_file(load: Import, content: Any, page: Any) -> None:
    load(content)
    event = page("/arrangement/fagdag/")

    network, document = page("/nettverk/styrking/"), get_document_model().objects.get()
    assert f'<a id="{network.pk}" linktype="page">om nettverket</a>' in event.body[1].value.source
    assert f'id="{document.pk}"' in event.programme[0].value["description"].source


def test_first_publishing_is_when_the_package_says(load: Import, content: Any, page: Any) -> None:
    load(content)
    assert instant(page("/arrangement/fagdag/").first_published_at) == "2019-01-02T10:00:00+01:00"


def test_missing_parents_are_sections_in_the_menu(load: Import, content: Any, page: Any) -> None:
    load(content)
    archive = page("/prosjekter/arkiv/")

    assert (archive._meta.model_name, archive.title, archive.show_in_menus) == ("sectionpage", "Arkiv", True)
    assert not page("/om-oss/").show_in_menus


def test_in_menu_switches_a_section_off(load: Import, content: Any, page: Any) -> None:
    content["pages"][2]["in_menu"] = False
    load(content)
    assert not page("/arrangement/").show_in_menus


def test_language_is_the_parents_where_the_package_names_none(load: Import, content: Any, page: Any) -> None:
    content["pages"].append({"type": "page", "path": "/om-oss/historie/", "title": "Historia"})
    load(content)
    assert page("/om-oss/historie/").language == "nn"
    assert page("/nyheter/referat/").language == "nb"


def test_siblings_keep_the_order_of_the_package(load: Import, content: Any, site: Site) -> None:
    content["pages"].reverse()
    load(content)
    slugs = [child.slug for child in Page.objects.child_of(site.root_page).order_by("path")]
    assert slugs == ["nettverk", "prosjekter", "nyheter", "arrangement", "om-oss"]


def test_images_and_documents_know_what_the_package_says(load: Import, content: Any) -> None:
    load(content)
    hall = ContentImage.objects.get(title="Salen")

    assert (hall.default_alt, hall.credit, hall.licence) == ("En sal", "Kari", "cc0")
    assert hall.consent_until == date(2040, 1, 31)
    assert (hall.focal_point_x, hall.focal_point_y) == (100, 150)
    assert (hall.width, hall.height, len(hall.file_hash)) == (400, 300, 40)
    assert get_document_model().objects.get().file_size == 16


def test_site_redirects_and_topics(load: Import, content: Any, page: Any, site: Site) -> None:
    load(content)
    settings, redirect = SiteSettings.for_site(site), Redirect.objects.get()

    assert settings.name == "Samarbeidet"
    assert settings.privacy.specific == page("/om-oss/")
    assert settings.footer_menu[0].value["page"].specific == page("/om-oss/")
    assert (redirect.old_path, redirect.is_permanent) == ("/gammel", False)
    assert redirect.redirect_page.specific == page("/arrangement/fagdag/")
    assert dict(Topic.objects.values_list("slug", "label")) == {"kraft": "Kraft og nett", "naering": "Næring"}


def test_without_publish_pages_are_drafts(load: Import, content: Any, page: Any) -> None:
    report = load(content, publish=False)
    event = page("/arrangement/fagdag/")

    assert len(report.pages.drafted) == 11
    assert not event.live
    assert event.summary == "Om kraft"
    assert event.get_latest_revision_as_object().body[0].value["text"] == "Bakgrunn"


def test_a_draft_may_have_what_stops_publishing(load: Import, content: Any, page: Any) -> None:
    content["pages"][sample.EVENT]["end"] = "2019-01-30"
    load(content, publish=False)
    assert not page("/arrangement/fagdag/").live


def test_a_draft_is_published_by_the_same_package(load: Import, content: Any, page: Any) -> None:
    load(content, publish=False)
    load(content)
    assert page("/arrangement/fagdag/").live
    assert page("/arrangement/fagdag/").revisions.count() == 1


def test_warnings_are_printed_and_do_not_stop(site: Site, content: Any, tmp_path: Path) -> None:
    content["pages"][sample.EVENT]["end"] = None
    out, err = StringIO(), StringIO()
    folder = sample.write(tmp_path, content)

    call_command("import_content", str(folder / "content.json"), publish=True, stdout=out, stderr=err)

    assert out.getvalue().startswith("published 11 pages, ")
    assert any(line.startswith(f"warning: pages[{sample.EVENT}].end: ") for line in err.getvalue().splitlines())


@pytest.mark.parametrize("value", ["Kraft og nett", "kraft", {"slug": "kraft", "label": "x"}, "KRAFT OG NETT"])
def test_a_topic_is_known_by_slug_or_label(load: Import, content: Any, page: Any, value: Any) -> None:
    content["pages"][4]["topics"] = [value]
    load(content)
    assert [topic.slug for topic in page("/nyheter/referat/").topics.all()] == ["kraft"]
