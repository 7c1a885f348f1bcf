from __future__ import annotations

import pytest
from wagtail.models import Page, Site

from cms.api.endpoints import endpoints
from cms.api.problems import PROBLEMS
from cms.api.readiness import CHECKS
from home.models import HomePage
from tests.integration.publishing.site import work


def test_root_links_lead_somewhere(published, api):
    root = api.get("")
    assert {entry["type"]: entry["url"] for entry in root["types"]}["news-article"] == "/api/v1/news/"
    assert {entry["plugin"] for entry in root["types"]} >= {"home", "articles"}
    for name, url in root["links"].items():
        response = api.client.get(url, {"path": "/"} if name == "resolve" else None)
        assert response.status_code == 200, name


def test_menu_and_settings(published, api):
    menu = api.get("navigation/")
    assert "Arrangement" in [item["title"] for item in menu["main"]]
    assert menu.keys() == {"main", "footer"}
    assert api.get("site/")["default_locale"] == "nb"
    etag = api.response("navigation/")["ETag"]
    assert api.response("navigation/", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("url", ["/api/v1/nope/", "/api/v1/content/abc/", "/api/", "/api", "/api/v2/content/"])
def test_no_address_of_the_api_answers_with_html(published, api, url):
    response = api.client.get(url)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_address_without_its_slash_leads_to_it(published, api):
    response = api.client.get("/api/v1/news?limit=2")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/news/?limit=2")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_api_is_read_only(published, api, method):
    response = getattr(api.client, method)("/api/v1/news/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["type"] == "/api/v1/docs/problems/method-not-allowed/"


def test_scripts_of_other_websites_may_read(published, api, settings):
    asked = api.client.options("/api/v1/news/")
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    settings.API_CORS_ORIGINS = []
    assert "Access-Control-Allow-Origin" not in api.response("news/")


@pytest.mark.parametrize(
    ("origins", "allowed", "vary"),
    [
        (["*"], "*", "Accept-Encoding"),
        (["https://a.example"], "https://a.example", "Accept-Encoding"),
        (["https://a.example", "https://b.example"], "https://b.example", "Accept-Encoding, Origin"),
        (["https://a.example", "https://c.example"], "https://a.example", "Accept-Encoding, Origin"),
    ],
)
def test_which_websites_may_read_is_a_setting(published, api, settings, origins, allowed, vary):
    settings.API_CORS_ORIGINS = origins
    response = api.client.get("/api/v1/news/", headers={"Origin": "https://b.example"})
    assert (response["Access-Control-Allow-Origin"], response["Vary"]) == (allowed, vary)


def test_unknown_host_is_a_problem_too(published, api):
    response = api.client.get("/api/v1/news/", headers={"Host": "evil.example"})
    assert (response.status_code, response.json()["type"]) == (400, "/api/v1/docs/problems/bad-request/")


def test_host_of_a_site_is_answered_without_being_named_in_the_settings(published, api):
    root = Page.objects.get(depth=1).add_child(instance=HomePage(title="Fylket", slug="fylket"))
    root.save_revision().publish()
    Site.objects.create(hostname="fylket.example", port=80, site_name="Fylket", root_page=root)
    work()
    host = {"Host": "Fylket.example:80"}
    assert api.client.get("/api/v1/site/", headers=host).json()["name"] == "Fylket"
    assert api.client.get("/", headers=host).status_code == 200
    assert api.client.get("/feeds/all.json", headers=host).status_code == 200
    assert api.client.get("/admin/login/", headers=host).status_code == 400


def test_too_many_parameters_are_a_problem_too(published, api):
    response = api.client.get("/api/v1/news/?" + "&".join(["limit=1"] * 2000))
    assert (response.status_code, response.json()["status"]) == (400, 400)


def test_fault_of_ours_is_a_problem_too(published, api, monkeypatch):
    monkeypatch.setattr("cms.publishing.served.by_id", lambda *_: 1 / 0)
    api.client.raise_request_exception = False
    response = api.client.get("/api/v1/content/1/")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert "division" not in response.content.decode()


def test_ready_when_documents_and_search_answer(published, api):
    ready = api.get("/readyz/")
    assert (ready["status"], ready["checks"]) == ("ok", dict.fromkeys(CHECKS, "ok"))
    assert ready["lag"] == {"search": 0}


def test_every_problem_type_has_its_page(api, db):
    for problem in PROBLEMS.values():
        page = api.client.get(problem.uri)
        assert problem.title in page.content.decode()
    assert api.client.get("/api/v1/docs/problems/").status_code == 200
    assert api.get("docs/problems/nope/", 404)["status"] == 404


def test_docs_load_nothing_from_elsewhere(api, db):
    page = api.client.get("/api/v1/docs/")
    assert "//" not in page.content.decode().replace("<!doctype", "")
    assert page["Content-Security-Policy"].startswith("default-src 'self'")


def test_names_of_addresses_are_unique():
    names = [each.name for each in endpoints()]
    assert len(names) == len(set(names))
