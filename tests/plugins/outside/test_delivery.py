"""A plugin's type is in API, description, search and website without a change of the core."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from formidle_library.models import Reading
from openapi_spec_validator import OpenAPIV31SpecValidator

from cms.plugins import registry
from cms.publishing import projection
from tests.plugins.outside.conftest import topic, vacancy

SUMMARY = {
    *("reference", "employer", "employment", "percentage", "opens", "closes", "place", "topics"),
    *("id", "type", "locale", "language", "title", "path", "url", "api_url", "summary", "image"),
    *("first_published_at", "last_published_at"),
}


@pytest.fixture
def published(site: Any) -> Any:
    librarian = vacancy(
        number=17,
        place=json.dumps([{"type": "place", "value": {"name": "Biblioteket", "municipality": "3405"}}]),
        qualifications=json.dumps([{"type": "text", "value": "Bachelor i bibliotekfag"}]),
        offer=json.dumps([{"type": "salary", "value": {"least": 520000, "unit": "year", "text": "Etter tariff"}}]),
    )
    site.publish(librarian)
    librarian.topics = [topic("Kultur")]
    librarian.save_revision().publish()
    site.publish(
        vacancy(
            title="Vaktmester", slug="vaktmester", employment="temporary", opens="2099-01-01T00:00+01:00", closes=None
        )
    )
    site.follow()
    return librarian


def titles(found: Any) -> list[str]:
    return [each["title"] for each in found["results"]]


def test_the_root_names_type_and_plugin(published: Any, api: Any) -> None:
    [entry] = [each for each in api("")["types"] if each["type"] == "vacancy"]
    assert (entry["plural"], entry["url"], entry["plugin"]) == ("vacancies", "/api/v1/vacancies/", "library")


def test_lists_show_its_summary(published: Any, api: Any) -> None:
    found = {each["title"]: each for each in api("vacancies/")["results"]}
    assert set(found["Bibliotekar"]) == SUMMARY
    assert found["Bibliotekar"]["reference"] == "VAC-2026-17"
    assert set(titles(api("content/", type="vacancy"))) == {"Bibliotekar", "Vaktmester"}


@pytest.mark.parametrize(
    "parameters",
    [
        {"employment": "permanent"},
        {"opening_year": "2026"},
        {"municipality": "3405"},
        {"topic": "kultur"},
        {"when": "past"},
        {"date_to": "2026-12-31"},
        {"employer": "Lillehammer bibliotek", "employment": "permanent"},
    ],
)
def test_its_filters_choose(published: Any, api: Any, parameters: dict[str, str]) -> None:
    assert titles(api("vacancies/", **parameters)) == ["Bibliotekar"]
    assert titles(api("search/", type="vacancy", **parameters)) == ["Bibliotekar"]


def test_its_filters_are_for_its_type_alone(published: Any, api: Any) -> None:
    assert api("events/", 400, employment="permanent")["errors"][0]["parameter"] == "employment"
    assert api("vacancies/", 400, employment="slavery")["errors"][0]["parameter"] == "employment"


def test_its_dates_order_it(published: Any, api: Any) -> None:
    assert titles(api("vacancies/", order="soonest")) == ["Bibliotekar", "Vaktmester"]


def test_detail_and_path(published: Any, api: Any) -> None:
    detail = api(f"content/{published.pk}/")
    assert detail["offer"][0]["value"]["range"] == {"least": 520000, "most": None}
    assert detail["remote"] is False
    assert detail["seo"]["json_ld"][0]["@type"] == "JobPosting"
    assert api("resolve/", path="/bibliotekar/")["document"] == detail


def test_an_event_by_schema_org_has_its_own_dates_in_json_ld_and_calendars(site: Any, api: Any) -> None:
    reading = site.publish(
        Reading(title="Lesekveld", slug="lesekveld", doors_open="2026-02-05T18:00:00+01:00", reader="Ola")
    )
    site.follow()
    detail = api(f"content/{reading.pk}/")
    assert detail["seo"]["json_ld"][0]["startDate"] == detail["begins"] == "2026-02-05T18:00:00+01:00"
    for path in ("/calendar/readings.ics", f"/calendar/readings/{reading.pk}.ics"):
        calendar = Client().get(path).content.decode()
        assert "SUMMARY:Lesekveld" in calendar, path
        assert "DTSTART;TZID=Europe/Oslo:20260205T180000" in calendar, path


def test_search_finds_its_words_and_counts_its_facets(published: Any, api: Any) -> None:
    for words in ("bibliotekfag", "tariff"):  # parts of words find further pages, after those with the words
        assert titles(api("search/", q=words))[0] == "Bibliotekar", words
    facet = api("search/", type="vacancy")["facets"]["employment"]
    assert facet["label"] == "Employment"
    assert {(each["label"], each["count"]) for each in facet["values"]} == {("Permanent", 1), ("Temporary", 1)}


def test_openapi_types_it(published: Any) -> None:
    schema = json.loads(Client().get("/api/v1/schema/", {"format": "json"}).content)
    OpenAPIV31SpecValidator(schema).validate()
    parameters = {each.get("name") for each in schema["paths"]["/api/v1/vacancies/"]["get"]["parameters"]}
    assert {"employment", "opening_year", "remote", "municipality", "when"} <= parameters
    components = schema["components"]["schemas"]
    detail = components["VacancyDetail"]["properties"]
    assert detail["employment"]["enum"] == ["permanent", "temporary"]
    assert detail["employment"]["description"] == "How long the employment lasts."
    assert components["Salary"]["properties"]["unit"]["enum"] == ["year", "hour"]


def test_its_documents_are_as_described(published: Any) -> None:
    call_command("documents", "validate")


def test_reads_cost_no_more_than_others(published: Any, api: Any) -> None:
    for path, most in ((f"content/{published.pk}/", 2), ("resolve/?path=/bibliotekar/", 2), ("vacancies/", 3)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            api(path)
        assert len(queries) <= most, [each["sql"] for each in queries]


def test_the_website_shows_it_by_the_plugins_templates(published: Any) -> None:
    html = Client().get("/bibliotekar/").content.decode()
    assert '<p class="kicker">VAC-2026-17</p>' in html
    assert '<p class="salary">520000 –  Etter tariff</p>' in html


def test_other_settings_build_its_documents_anew(published: Any, site: Any, api: Any, settings: Any) -> None:
    settings.CMS_PLUGIN_SETTINGS = {"library": {"reference_prefix": "ST"}}
    registry.plugin_settings.cache_clear()
    projection.begin()
    site.follow()
    assert api(f"content/{published.pk}/")["reference"] == "ST-2026-17"
    registry.plugin_settings.cache_clear()
