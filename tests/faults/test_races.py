"""Editors who publish the same page at once: the last one counts, and every version is told once."""

from __future__ import annotations

import pytest

from tests.faults.mirror import Mirror, get

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

TIMES = 8


def test_two_editors_race_on_one_page(installation):
    server = installation.web()
    mirror = Mirror(server)
    installation.worker()
    installation.assert_whole()
    mirror.follow()
    editors = {name: installation.editor() for name in ("Kari", "Ola")}
    for name, editor in editors.items():
        editor.tell("retitle", slug="sak-0", name=name, count=TIMES)
    for editor in editors.values():
        editor.hear()
    installation.assert_whole()
    mirror.follow()
    assert mirror.documents == mirror.live()
    status, found = get(f"{server}/api/v1/search/?q=sak&limit=100")
    assert status == 200
    titles = {document["title"] for document in mirror.documents.values()}
    assert {hit["title"] for hit in found["results"]} <= titles
    assert titles & {f"{name} {TIMES - 1}" for name in editors}, "one of the last edits is what is published"
