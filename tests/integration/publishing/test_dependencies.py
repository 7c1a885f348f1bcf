"""What pages show of each other follows: cards, links, related pages, reports, breadcrumbs, menus, children."""

from __future__ import annotations

import pytest
from wagtail.models import Page, Site

from articles.models import Network
from cms.content.site_settings import SiteSettings
from cms.publishing import reads
from cms.publishing.models import Change, Note
from cms.publishing.projector import Projector
from tests.integration.publishing.site import (
    about,
    add,
    block,
    cards,
    delete,
    detail,
    document,
    draft,
    event,
    link_text,
    link_value,
    listing,
    main_image,
    menu,
    move,
    news,
    plain,
    publish,
    related,
    section,
    showcase,
    stream,
    unpublish,
    work,
)

pytestmark = pytest.mark.usefixtures("consistent")


@pytest.fixture
def project(home):
    page = add(home, showcase("Kulturhjertet", summary="Om prosjektet"))
    work()
    return page


def links(page):
    return [link["title"] for link in block(page, "paragraph")["links"]]


def reasons(page):
    return [(each["title"], each["reason"]) for each in detail(page)["related"]]


def test_renamed_page_is_renamed_wherever_it_is_shown(home, project):
    card = add(home, plain("Kort", body=stream(cards(project))))
    button = {"icon": "read-more", "text": "", "link": link_value(project)}
    linking = add(home, plain("Knapp", body=stream(("link_block", {**button, "text": "Les om prosjektet"}))))
    chosen = add(home, plain("Valgt", related=related(project)))
    work()
    unrelated = document(home)
    publish(project, title="Kulturhuset", slug="kulturhuset")
    work()
    assert block(card, "cards")["items"][0]["page"]["title"] == "Kulturhuset"
    assert block(card, "cards")["items"][0]["title"] == "Kulturhuset"
    assert block(linking, "link_block")["link"]["path"] == "/kulturhuset/"
    assert reasons(chosen) == [("Kulturhuset", "chosen")]
    assert document(home) == unrelated


def test_change_that_nobody_shows_reaches_nobody(home, project):
    """A new text on a page changes its summary (``last_published_at``), not what links and breadcrumbs show of it."""
    linking = add(home, plain("Lenker", body=stream(link_text(project, home))))
    work()
    before = document(linking)
    for page in (project, home):
        publish(page, body=stream(("paragraph", "<p>Bare på siden selv.</p>")))
    projector = Projector()
    projector.step()
    assert not Note.objects.filter(target__in=[f"shows:name:{project.pk}", f"shows:name:{home.pk}"]).exists()
    work()
    assert document(linking) == before


def test_related_goes_both_ways(home, project):
    chosen = add(home, plain("Valgt", related=related(project)))
    linking = add(home, plain("Lenker", body=stream(link_text(project))))
    work()
    assert set(reasons(project)) == {("Valgt", "linked"), ("Lenker", "linked")}
    publish(linking, title="Lenker hit")
    work()
    assert ("Lenker hit", "linked") in reasons(project)
    publish(chosen, related=related())
    unpublish(linking)
    work()
    assert reasons(project) == []
    publish(linking)
    work()
    assert reasons(project) == [("Lenker hit", "linked")]


def test_pages_that_choose_each_other(home, project):
    other = add(home, plain("Andre", related=related(project)))
    publish(project, related=related(other))
    work()
    assert reasons(project) == [("Andre", "chosen")]
    assert reasons(other) == [("Kulturhjertet", "chosen")]


def test_newest_of_many_links_are_shown(home, project):
    pages = [add(home, plain(f"Side {number}", body=stream(link_text(project)))) for number in range(14)]
    work()
    assert len(reasons(project)) == 12
    oldest = pages[0]
    assert (oldest.title, "linked") not in reasons(project)
    publish(oldest, first_published_at=Page.objects.get(pk=pages[-1].pk).first_published_at.replace(year=2090))
    work()
    assert reasons(project)[0] == (oldest.title, "linked")


def test_link_becomes_text_and_a_link_again(home, project):
    linking = add(home, plain("Leser", body=stream(link_text(project))))
    work()
    assert links(linking) == [f"til {project.pk}"]
    unpublish(project)
    work()
    assert block(linking, "paragraph") == {"html": f"<p>Se til {project.pk}.</p>", "links": []}
    publish(project, slug="nytt")
    work()
    assert '<a href="/nytt/">' in block(linking, "paragraph")["html"]
    delete(project)
    work()
    assert "<a" not in block(linking, "paragraph")["html"]


def test_link_to_a_page_that_is_published_later(home):
    target = add(home, plain("Utkast"), live=False)
    linking = add(home, plain("Leser", body=stream(link_text(target), cards(target))))
    work()
    assert links(linking) == []
    assert block(linking, "cards")["items"] == []
    publish(target)
    work()
    assert len(links(linking)) == 1
    assert len(block(linking, "cards")["items"]) == 1


def test_deleted_draft_is_asked_for_no_more(home):
    """It never was public, so nothing changes but what the others depend on."""
    target = add(home, plain("Utkast"), live=False)
    add(home, plain("Leser", body=stream(cards(target))))
    work()
    delete(target)
    work()


def test_draft_title_of_a_shown_page_stays_hidden(home, project):
    card = add(home, plain("Kort", body=stream(cards(project))))
    draft(project, title="Hemmelig")
    publish(card, summary="Ny")
    work()
    assert block(card, "cards")["items"][0]["title"] == "Kulturhjertet"


def test_page_that_links_to_itself(home):
    page = add(home, plain("Selv"))
    publish(page, body=stream(link_text(page), cards(page)))
    work()
    assert len(links(page)) == 1
    publish(page, title="Nytt navn", slug="nytt")
    work()
    assert block(page, "cards")["items"][0]["title"] == "Nytt navn"
    assert block(page, "paragraph")["links"][0]["path"] == "/nytt/"
    assert reasons(page) == []


def test_report_of_an_event(home):
    report = add(home, news("Slik gikk det"))
    page = add(home, event("Fagdag", report=report))
    work()
    assert detail(page)["report"]["title"] == "Slik gikk det"
    assert reasons(report) == [("Fagdag", "linked")]
    publish(report, title="Fullt hus")
    work()
    assert detail(page)["report"]["title"] == "Fullt hus"
    delete(report)
    work()
    assert detail(page)["report"] is None


def test_gathering_of_a_network(home):
    meeting = add(home, event("Samling 1"))
    value = {"number": 1, "title": "Første", "date": "2026-03", "attendance": "place", "place": [], "event": meeting.pk}
    network = add(home, Network(title="Nettverk", gatherings=stream(("gathering", value))))
    work()
    assert detail(network)["gatherings"][0]["event"]["title"] == "Samling 1"
    publish(meeting, title="Samling på Hamar")
    work()
    assert detail(network)["gatherings"][0]["event"]["title"] == "Samling på Hamar"
    unpublish(meeting)
    work()
    assert detail(network)["gatherings"][0]["event"] is None
    assert detail(network)["gatherings"][0]["title"] == "Første"


def test_breadcrumbs_and_menu_follow_a_section(home):
    parent = add(home, section("Nyheter"))
    article = add(parent, news("Sak"))
    work()
    assert menu() == ["Nyheter"]
    publish(parent, title="Aktuelt")
    work()
    assert [each["title"] for each in detail(article)["breadcrumbs"]] == ["Formidle", "Aktuelt"]
    assert detail(article)["seo"]["json_ld"][1]["itemListElement"][1]["name"] == "Aktuelt"
    assert menu() == ["Aktuelt"]
    publish(parent, show_in_menus=False)
    work()
    assert menu() == []
    publish(parent, show_in_menus=True)
    unpublish(parent)
    work()
    assert menu() == []
    assert [each["title"] for each in detail(article)["breadcrumbs"]] == ["Formidle"]


def test_menu_is_in_tree_order(home):
    first, second = add(home, section("Først")), add(home, section("Sist"))
    work()
    assert menu() == ["Først", "Sist"]
    move(second, first, "left")
    work()
    assert menu() == ["Sist", "Først"]


def test_children_of_a_section(home):
    parent = add(home, section("Om"))
    first, second = add(parent, plain("En")), add(parent, plain("To"))
    add(parent, news("Ikke blant barna"))
    work()

    def children():
        return [each["title"] for each in detail(parent)["children"]]

    assert children() == ["En", "To"]
    move(second, first, "left")
    work()
    assert children() == ["To", "En"]
    publish(first, title="Ei", slug="ei")
    work()
    assert detail(parent)["children"][1]["path"] == "/om/ei/"
    unpublish(second)
    work()
    assert children() == ["Ei"]
    move(first, home)
    work()
    assert children() == []


def test_order_that_comes_about_by_the_move_of_another(home):
    """A move of one page shifts others, which nobody saves."""
    parent = add(home, section("Om"))
    pages = [add(parent, plain(name)) for name in ("A", "B", "C")]
    work()
    for page, target, pos in ((0, 2, "right"), (2, 0, "left"), (1, 2, "left"), (0, 1, "left")):
        move(pages[page], pages[target], pos)
    work()
    expected = list(Page.objects.child_of(Page.objects.get(pk=parent.pk)).order_by("path").values_list("pk", flat=True))
    assert [each["id"] for each in detail(parent)["children"]] == expected


# -- listings --------------------------------------------------------------------------------------------------------


def listed(page):
    return [each["title"] for each in block(page, "listing")["results"]]


def test_listing_is_kept_fresh(home):
    page = add(home, plain("Liste", body=stream(listing("news-article", municipality="3405"))))
    work()
    assert listed(page) == []
    here = stream(("municipality", "3405"))
    article = add(home, news("Sak", municipalities=here))
    add(home, news("Et annet sted", municipalities=stream(("municipality", "3403"))))
    work()
    assert listed(page) == ["Sak"]
    publish(article, title="Ny sak")
    work()
    assert listed(page) == ["Ny sak"]
    publish(article, municipalities=stream())
    work()
    assert listed(page) == []
    publish(article, municipalities=here)
    work()
    unpublish(article)
    work()
    assert listed(page) == []


def test_listing_of_everything_lists_its_own_page(home):
    page = add(home, plain("Liste", body=stream(listing())))
    work()
    assert "Liste" in listed(page)
    publish(page, title="Alt")
    work()
    assert "Alt" in listed(page)


def test_listing_under_a_section_follows_its_path(home):
    parent = add(home, section("Nyheter"))
    article = add(parent, news("Sak"))
    page = add(home, plain("Liste", body=stream(listing(under=parent.pk))))
    work()
    assert listed(page) == ["Sak"]
    publish(parent, slug="aktuelt")
    work()
    assert "under=/aktuelt/" in block(page, "listing")["api_url"]
    assert listed(page) == ["Sak"]
    move(article, home)
    work()
    assert listed(page) == []
    unpublish(parent)
    work()
    assert listed(page) == []


def test_listing_by_title_follows_the_titles(home):
    pages = [add(home, news(name)) for name in ("Ål", "Zoo", "Ås")]
    page = add(home, plain("Liste", body=stream(listing("news-article", order="title"))))
    work()
    assert listed(page) == ["Zoo", "Ål", "Ås"]
    publish(pages[2], title="Asker")
    work()
    assert listed(page) == ["Asker", "Zoo", "Ål"]


def test_listing_of_events_follows_their_dates(home):
    first, second = add(home, event("En")), add(home, event("To"))
    publish(second, start=second.start.replace(day=2))
    page = add(home, plain("Liste", body=stream(listing("event", order="soonest"))))
    work()
    assert listed(page) == ["En", "To"]
    publish(first, start=first.start.replace(day=3))
    work()
    assert listed(page) == ["To", "En"]


# -- how it is done --------------------------------------------------------------------------------------------------


def test_direct_edits_go_before_what_follows_from_others(home, project):
    readers = [add(home, plain(f"Leser {number}", body=stream(cards(project)))) for number in range(4)]
    work()
    publish(project, title="Nytt navn")
    projector = Projector()
    projector.step()
    assert block(readers[0], "cards")["items"][0]["title"] == "Kulturhjertet"
    projector.step()  # the note on all that show the project becomes a note for each
    assert Note.objects.filter(priority=Note.Priority.FAN_OUT).count() >= len(readers)
    publish(readers[3], title="Rettet")
    before = reads.last_change()
    work()
    assert Change.objects.filter(pk__gt=before).order_by("pk").first().document_id == readers[3].pk


def test_notes_do_not_pile_up(home, project):
    reader = add(home, plain("Leser", body=stream(cards(project))))
    work()
    projector = Projector()
    for number in range(5):
        publish(project, title=f"Navn {number}")
        projector.step()
        projector.step()
    assert Note.objects.filter(target=f"page:{reader.pk}").count() <= 1
    work()


def test_settings_of_the_site_follow_their_pages(home):
    from wagtail.models import Site

    from cms.content.models import SiteSettings

    page = add(home, plain("Personvern"))
    settings = SiteSettings.for_site(Site.objects.get())
    settings.privacy = Page.objects.get(pk=page.pk)
    settings.name = "Innlandet"
    settings.footer = f'<p><a linktype="page" id="{page.pk}">Les mer om personvern</a></p>'
    settings.footer_menu = stream(("link", link_value(page)))
    settings.save()
    work()
    assert about()["name"] == "Innlandet"
    assert about()["privacy"]["title"] == "Personvern"
    publish(page, title="Om personvern", slug="om-personvern")
    work()
    assert about()["privacy"]["path"] == "/om-personvern/"
    assert '<a href="/om-personvern/">' in about()["footer"]["html"]
    unpublish(page)
    work()
    assert about()["privacy"] is None
    assert about()["footer"]["links"] == []


def test_picture_of_a_shown_page_is_not_lost_with_its_own(home, project):
    from tests.integration.publishing.site import add_image

    image = add_image()
    publish(project, image=main_image(image))
    reader = add(home, plain("Leser", body=stream(cards(project))))
    work()
    unpublish(project)
    work()
    assert block(reader, "cards")["items"] == []


def test_articles_are_published_by_the_site_under_the_name_of_its_settings(home):
    article = add(home, news("Rapport"))
    other = add(home, plain("Om oss"))
    work()
    about_site = SiteSettings.for_site(Site.objects.get())
    before = document(other).etag

    about_site.name = "Samspill"
    about_site.save()
    work()
    assert detail(article)["seo"]["json_ld"][0]["publisher"]["name"] == "Samspill"
    assert document(other).etag == before

    about_site.contact_phone = "22 22 22 22"
    about_site.save()
    version = document(article).version
    work()
    assert document(article).version == version
