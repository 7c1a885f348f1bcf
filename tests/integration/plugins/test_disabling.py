"""A plugin is switched off, on again, and taken away, while the site's data stays where it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from tests.databases import put_migrated_database
from tests.plugins import brittle
from tests.plugins.packages import manage

Run = Callable[..., Any]

PRELUDE = """
import json, logging
logging.disable(logging.INFO)
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page
from cms.publishing import projection
from cms.publishing.projector import Projector

def publish():
    projection.begin()
    Projector().drain()
    projection.finish()

def api(path):
    response = Client().get("/api/v1/" + path)
    return response.status_code, response.json()

def editor():
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(username="admin"))
    return client

home = Page.objects.get(depth=2)
"""


@pytest.fixture(scope="module")
def prepared(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plugin and the data of a site that knows it."""
    folder = tmp_path_factory.mktemp("site")
    brittle.install(folder / "installed")
    (folder / "data").mkdir()
    put_migrated_database(folder / "data")
    result = manage(folder / "installed", "prepare", data=folder / "data")
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def run(prepared: Path, tmp_path: Path) -> Run:
    """Runs a script in a site of its own; what it puts into ``answer`` comes back."""
    data = tmp_path / "data"
    shutil.copytree(prepared / "data", data)

    def script(text: str, installed: bool = True, **environment: str) -> Any:
        code = f"{PRELUDE}\n{dedent(text)}\nprint('ANSWER', json.dumps(answer))"
        variables = {"FORMIDLE_HOSTS": "testserver", "SEARCH_URL": "memory:", **environment}
        folder = prepared / "installed" if installed else tmp_path
        result = manage(folder, "shell", "-c", code, data=data, **variables)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout.rpartition("ANSWER")[2])

    return script


CREATE = """
    from brittle.models import Cake
    from home.models import SectionPage
    shelf, other = [home.add_child(instance=SectionPage(title=slug, slug=slug)) for slug in ("shelf", "other")]
    cake = shelf.add_child(instance=Cake(title="Kake", slug="kake", parts=4))
    for page in (shelf, other, cake):
        page.save_revision().publish()
    publish()
    status, detail = api(f"content/{cake.pk}/")
    answer = {"id": cake.pk, "shelf": shelf.pk, "other": other.pk, "status": status, "detail": detail}
"""
LOOK = """
    publish()
    status, detail = api("content/{id}/")
    client = editor()
    explorer = client.get("/admin/pages/{shelf}/")
    adding = client.get("/admin/pages/{shelf}/add_subpage/").content.decode()
    answer = {{
        "status": status,
        "version": detail.get("version"),
        "plural": api("cakes/")[0],
        "explorer": explorer.status_code,
        "listed": "Kake" in explorer.content.decode(),
        "offered": "/admin/pages/add/brittle/cake/" in adding,
        "created": client.get("/admin/pages/add/brittle/cake/{shelf}/").status_code,
        "edited": client.get("/admin/pages/{id}/edit/").status_code,
    }}
"""
MOVE = """
    response = editor().post("/admin/pages/{page}/move/{other}/confirm/")
    publish()
    answer["moved"] = [response.status_code, Page.objects.get(pk={id}).url_path]
    answer["tree problems"] = [each for each in Page.find_problems() if each]
"""


@pytest.mark.slow
def test_off_and_on_again(run: Run) -> None:
    cake = run(CREATE)
    assert (cake["status"], cake["detail"]["share"]) == (200, 25)

    off = run((LOOK + MOVE).format(page=cake["id"], **cake), CMS_PLUGINS_DISABLE="brittle")
    assert (off["status"], off["plural"]) == (410, 404)
    assert (off["explorer"], off["listed"], off["offered"]) == (200, True, False)
    assert off["created"] == 302  # with "you do not have permission"
    assert off["edited"] == 200
    assert (off["moved"], off["tree problems"]) == ([302, "/home/other/kake/"], [])

    on = run(LOOK.format(**cake))
    assert (on["status"], on["plural"], on["offered"], on["created"]) == (200, 200, True, 200)
    assert on["version"] > cake["detail"]["version"]


@pytest.mark.slow
def test_pages_of_a_plugin_that_is_gone_keep_their_place(run: Run) -> None:
    cake = run(CREATE)
    gone = run((LOOK + MOVE).format(page=cake["shelf"], **cake), installed=False)
    assert (gone["status"], gone["explorer"], gone["listed"]) == (410, 200, True)
    assert (gone["moved"], gone["tree problems"]) == ([302, "/home/other/shelf/kake/"], [])

    back = run(LOOK.format(**cake))
    assert (back["status"], back["edited"], back["version"] > cake["detail"]["version"]) == (200, 200, True)
