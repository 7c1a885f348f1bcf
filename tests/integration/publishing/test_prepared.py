from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cms.publishing.models import Change, Route
from cms.publishing.prepared import Prepared

pytestmark = pytest.mark.django_db


def test_answers_like_the_queryset_with_its_types():
    at = datetime(2026, 3, 1, 8, tzinfo=UTC)
    for site_id, kind in ((1, "site"), (1, "navigation"), (2, "site")):
        Change.objects.create(kind=kind, site_id=site_id, at=at)

    def build(site_id, kind):
        return (
            Change.objects.filter(site_id=site_id, kind__in=[kind, "site"]).order_by("kind").values_list("kind", "at")
        )

    prepared = Prepared(build, 0, "")
    for site_id, kind in ((1, "navigation"), (1, "site"), (2, "navigation"), (3, "")):
        assert prepared(site_id, kind) == list(build(site_id, kind))


def test_arguments_are_parameters_never_sql():
    Route.objects.create(site_id=1, path="/'; --/", location="/x/")
    prepared = Prepared(lambda path: Route.objects.filter(path=path).values_list("location"), "")
    assert prepared("/'; --/") == [("/x/",)]
    assert prepared("' OR 1=1 --") == []


def test_argument_that_the_sql_shows_in_another_form_is_refused():
    prepared = Prepared(lambda path: Route.objects.filter(path__startswith=path).values_list("location"), "")
    with pytest.raises(TypeError, match="do not stand in the SQL"):
        prepared("/nyheter/")
