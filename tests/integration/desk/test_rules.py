"""Synonyms and pinned results from the admin's form to the answer of a search."""

from __future__ import annotations

import threading
import time

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext
from wagtail.models import ModelLogEntry, Page, PageViewRestriction, Site

from search.desk import stored
from search.models import PinnedPage, QueryRule, RulesVersion, Synonym

SYNONYMS, PINNED = "/admin/search-synonyms/", "/admin/search-pinned/"


def synonym(admin, path="new/", **values):
    form = {"word": "rullator", "direction": "one-way", "others": "fagdag", "language": "", "note": "", **values}
    return admin.post(SYNONYMS + path, form)


def rule(admin, pinned=(), hidden=(), path="new/", **values):
    """``pinned``, ``hidden``: pages, or (page, first day, last day)."""
    form = {"queries": "møteplass", "note": "", **values}
    for name, rows in (("pinned", pinned), ("hidden", hidden)):
        form |= {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            page, first, last = row if isinstance(row, tuple) else (row, "", "")
            fields = {
                "page": page.pk,
                "first_day": first,
                "last_day": last,
                "ORDER": number + 1,
                "DELETE": "",
                "id": "",
            }
            form |= {f"{name}-{number}-{field}": value for field, value in fields.items()}
    return admin.post(PINNED + path, form)


def errors(response):
    assert response.status_code == 200, response
    return str(response.context["form"].errors) + str(
        [formset.errors for formset in getattr(response.context["form"], "formsets", {}).values()]
    )


def expire():
    """As if a second had passed."""
    stored._kept._looked = float("-inf")


def test_synonym_works_at_the_next_look_and_ends_with_its_entry(published, api, admin):
    assert api.titles("search/", q="rullator") == []
    assert synonym(admin).status_code == 302
    expire()
    assert api.titles("search/", q="rullatorer") == ["Fagdag"]
    row = Synonym.objects.get()
    synonym(admin, f"edit/{row.pk}/", others="kulturhjertet")
    expire()
    assert api.titles("search/", q="rullator") == ["Kulturhjertet"]
    admin.post(f"{SYNONYMS}delete/{row.pk}/")
    expire()
    assert api.titles("search/", q="rullator") == []


def test_both_ways_each_finds_the_others(published, api, admin):
    synonym(admin, word="kulturhjertet", others="fagdag, møteplass for alle", direction="two-way")
    assert set(api.titles("search/", q="møteplass for alle")) == {"Fagdag", "Kulturhjertet"}
    assert set(api.titles("search/", q="fagdag")) == {"Fagdag", "Kulturhjertet"}


def test_hyphens_make_no_difference_to_synonyms(published, api, admin):
    synonym(admin, word="e-rullator", others="fag-dag")
    assert api.titles("search/", q="e-rullator") == api.titles("search/", q="erullator") == ["Fagdag"]


def test_rules_cost_one_look_a_second_and_not_one_a_search(published, api, admin):
    synonym(admin)
    api.get("search/", q="rullator")
    with CaptureQueriesContext(connection) as captured:
        for _ in range(3):
            api.get("search/", q="rullator")
    assert not [each for each in captured if "search_" in each["sql"]]
    expire()
    with CaptureQueriesContext(connection) as captured:
        api.get("search/", q="rullator")
    assert len([each for each in captured if "search_" in each["sql"]]) == 1


def test_another_process_reads_a_change_within_two_seconds(published, api, admin):
    other = stored.Kept()
    assert not other.of(1).synonyms
    synonym(admin)
    began = time.monotonic()
    while not other.of(1).synonyms:
        time.sleep(0.05)
    assert time.monotonic() - began < 2


def test_nobody_waits_while_another_looks(published, monkeypatch):
    kept = stored.Kept()
    kept.of(1)
    kept._looked = float("-inf")
    with kept._looking:
        thread = threading.Thread(target=kept.of, args=(1,))
        thread.start()
        thread.join(5)
        assert not thread.is_alive()


def test_search_answers_when_the_rules_cannot_be_read(published, api, monkeypatch):
    def refused(*args, **kwargs):
        raise DatabaseError("permission denied")

    monkeypatch.setattr(RulesVersion.objects, "values_list", refused)
    stored.forget()
    assert "Fagdag" in api.titles("search/", q="fagdag")


def test_pinned_and_hidden_pages_by_the_forms(published, api, admin):
    found = api.get("search/", q="konferansen")
    assert found["results"][0]["pinned"] is False
    first, last = published["showcase"], published["future"]
    gone = Page.objects.get(pk=found["results"][0]["id"])
    assert rule(admin, [first, last], [gone], queries="Konferansen\nårets konferanse").status_code == 302
    expire()
    now = api.get("search/", q="konferanser")
    assert [(each["id"], each["pinned"]) for each in now["results"]][:2] == [(first.pk, True), (last.pk, True)]
    assert gone.pk not in [each["id"] for each in now["results"]]
    assert now["total"] == found["total"] + 1
    assert [each["id"] for each in api.get("search/", q="årets konferanse")["results"]][:1] == [first.pk]
    assert api.get("search/", q="konferanse", type="event")["results"][0]["id"] == last.pk


def test_pin_to_what_is_not_public_shows_nothing(published, api, admin):
    home = Page.objects.get(pk=published["home"].pk)
    draft = home.add_child(instance=Page(title="Utkast om konferansen", slug="utkast", live=False))
    page = published["page"]
    response = rule(admin, [draft, page], queries="sammen om det")
    assert response.status_code == 302, errors(response)
    shown = admin.get(response.url).content.decode()
    assert "Utkast om konferansen" in shown
    assert (
        str(gettext("“%(page)s” is not published, so visitors do not see it in their results until it is."))[12:40]
        in shown
    )
    expire()
    assert api.get("search/", q="sammen")["results"][0]["id"] == page.pk
    page.refresh_from_db()
    page.unpublish()
    published.follow()
    assert page.pk not in [each["id"] for each in api.get("search/", q="sammen")["results"]]
    assert gettext("%(page)s (not published)") % {"page": page.title} in admin.get(PINNED).content.decode()


def test_pin_to_what_is_not_open_to_everybody_is_told(published, admin):
    PageViewRestriction.objects.create(page=published["showcase"], restriction_type="login")
    shown = admin.get(rule(admin, [published["showcase"]]).url).content.decode()
    told = gettext("“%(page)s” is not open to everybody, so visitors do not see it in their results.")
    assert told % {"page": "Kulturhjertet"} in shown


def test_period_of_a_pin(published, api, admin):
    rule(admin, [(published["showcase"], "2020-01-01", "2020-12-31"), (published["future"], "2020-01-01", "")])
    expire()
    assert api.titles("search/", q="møteplass") == ["Fagdag"]
    assert gettext("%(page)s (over)") % {"page": "Kulturhjertet"} in admin.get(PINNED).content.decode()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"others": "Rullatoren"}, "is the word itself"),
        ({"others": " , "}, "at least one synonym"),
        ({"word": "og"}, "too common"),
        ({"word": "rullator -brukt"}, "with a minus"),
        ({"word": "“”"}, "has no word in it"),
        ({"others": "b, ?"}, "has no word in it"),
        ({"others": "x" * 101}, "too long"),
        ({"others": ",".join(f"ord{n}" for n in range(51))}, "At most"),
    ],
)
def test_synonyms_that_cannot_work_are_refused_with_the_reason(published, admin, values, told, settings):
    settings.LANGUAGE_CODE = "en"
    assert told in errors(synonym(admin, **values))


def test_quotes_of_a_search_that_is_put_right_do_not_belong_to_the_word(published, api, admin):
    synonym(admin, word='"rullator  på hjul"', others='“fagdag”\n"kulturhjertet"')
    row = Synonym.objects.get()
    assert (row.word, row.others) == ("rullator på hjul", "fagdag, kulturhjertet")
    Synonym.objects.filter(pk=row.pk).update(word='"rullator på hjul"')  # as one was stored once
    stored.changed()
    expire()
    assert api.titles("search/", q="rullator på hjul") == ["Fagdag", "Kulturhjertet"]
    assert synonym(admin, word='"gåstol"').status_code == 302, "another word in quotes is another word"


def test_a_word_has_one_entry(published, admin, settings):
    settings.LANGUAGE_CODE = "en"
    synonym(admin)
    assert "There is an entry for this word already: rullator → fagdag" in errors(synonym(admin, word="Rullatoren"))
    assert synonym(admin, language="nn").status_code == 302


def test_pins_that_cannot_work_are_refused_with_the_reason(published, admin, settings):
    settings.LANGUAGE_CODE = "en"
    page = published["showcase"]
    elsewhere = Page.objects.get(depth=1).add_child(instance=Page(title="Annet", slug="annet"))
    Site.objects.create(hostname="annet.example", root_page=elsewhere)
    site = Site.objects.get(is_default_site=True).pk
    assert "Choose at least one page" in errors(rule(admin, site=site))
    assert "chosen already" in errors(rule(admin, [page], [page], site=site))
    assert "before the first" in errors(rule(admin, [(page, "2026-02-01", "2026-01-01")], site=site))
    assert "not on the website" in errors(rule(admin, [elsewhere], site=site))
    assert "minus" in errors(rule(admin, [page], queries="jobb -oslo", site=site))
    assert "too common" in errors(rule(admin, [page], queries="jobb\nog", site=site))
    assert not QueryRule.objects.exists()
    assert rule(admin, [page], queries="ledig stilling", site=site).status_code == 302
    assert "has pages already" in errors(rule(admin, [page], queries="stillinger ledige", site=site))


def test_rules_belong_to_their_site(published, api, admin):
    elsewhere = Page.objects.get(depth=1).add_child(instance=Page(title="Annet", slug="annet"))
    other = Site.objects.create(hostname="annet.example", root_page=elsewhere)
    synonym(admin, site=other.pk)
    expire()
    assert api.titles("search/", q="rullator") == []
    assert stored.of_site(other.pk).synonyms
    synonym(admin, site="", word="gåstol")
    expire()
    assert api.titles("search/", q="gåstol") == ["Fagdag"]
    assert len(stored.of_site(other.pk).synonyms) == 2


def test_deleted_page_takes_its_pin_along(published, api, admin):
    rule(admin, [published["network"]])
    before = RulesVersion.objects.get().token
    published["network"].delete()
    assert not PinnedPage.objects.exists()
    assert RulesVersion.objects.get().token != before


def test_forms_are_filled_in_from_the_address(published, admin):
    page = admin.get(f"{SYNONYMS}new/?word=trapp").content.decode()
    assert 'value="trapp"' in page
    assert "rullator</textarea>" in admin.get(f"{PINNED}new/?queries=rullator&site=x").content.decode()


def test_history_tells_who_changed_what(published, admin):
    synonym(admin)
    rule(admin, [published["showcase"]])
    for row, path in ((Synonym.objects.get(), SYNONYMS), (QueryRule.objects.get(), PINNED)):
        assert ModelLogEntry.objects.for_instance(row).get().user.username == "admin"
        assert admin.get(f"{path}history/{row.pk}/").status_code == 200
        assert admin.get(f"{path}edit/{row.pk}/").status_code == 200


def test_only_those_with_the_permission_see_the_desk(published, client):
    group = Group.objects.create(name="Redaktører")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("editor")
    user.groups.add(group)
    client.force_login(user)
    for path in (SYNONYMS, PINNED, f"{SYNONYMS}new/", f"{PINNED}new/"):
        assert client.get(path).status_code == 302
    synonym(client)
    assert not Synonym.objects.exists()
    group.permissions.add(Permission.objects.get(codename="add_synonym"))
    client.force_login(User.objects.get(pk=user.pk))
    assert synonym(client).status_code == 302
    assert Synonym.objects.exists()
