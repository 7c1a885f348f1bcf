from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from cms.publishing.models import Change, Route
from cms.publishing.prepared import Prepared, fetch

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


# -- on PostgreSQL: planned once for each connection -------------------------------------------------------------------

planned = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connection that dies")
committed = pytest.mark.django_db(transaction=True)


def ask_often(prepared):
    """As often as it takes until a statement is kept on the server under a name."""
    return [prepared(1) for _ in range(8)][-1]


def names() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


@pytest.fixture
def changes_of_site():
    Change.objects.create(kind="site", site_id=1, at=datetime(2026, 3, 1, 8, tzinfo=UTC))
    return Prepared(lambda site_id: Change.objects.filter(site_id=site_id).values_list("kind", "path"), 0)


@planned
@committed
def test_a_text_that_may_never_come_again_is_planned_once_it_came_a_few_times():
    text = 'SELECT kind FROM "publishing_change" WHERE site_id = %s'
    fetch(text, [1], again=False)
    assert not names()
    for _ in range(8):
        fetch(text, [1], again=False)
    assert len(names()) == 1


@planned
@committed
def test_connection_that_died_is_made_anew(changes_of_site):
    ask_often(changes_of_site)
    assert names()
    died = connection.connection.info.backend_pid
    with psycopg.connect(**connection.connection.info.get_parameters(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [died])
    assert changes_of_site(1) == [("site", "")]
    assert connection.connection.info.backend_pid != died


@planned
@committed
def test_migration_meanwhile_makes_a_new_plan(changes_of_site):
    ask_often(changes_of_site)
    with psycopg.connect(**connection.connection.info.get_parameters(), autocommit=True) as other:
        other.execute('ALTER TABLE "publishing_change" ALTER COLUMN kind TYPE varchar(21)')
        try:
            assert changes_of_site(1) == [("site", "")]
            assert ask_often(changes_of_site) == [("site", "")]
        finally:
            other.execute('ALTER TABLE "publishing_change" ALTER COLUMN kind TYPE varchar(20)')


@planned
@committed
def test_statements_that_a_pooler_dropped_are_asked_without_them(changes_of_site):
    ask_often(changes_of_site)
    connection.connection.pgconn.exec_(b"DEALLOCATE ALL")
    assert changes_of_site(1) == [("site", "")]


@planned
@committed
def test_nothing_is_kept_on_the_server_where_settings_say_so(changes_of_site):
    connection.close()
    options = connection.settings_dict["OPTIONS"]
    threshold = options.pop("prepare_threshold")
    try:
        assert ask_often(changes_of_site) == [("site", "")]
        assert not names()
    finally:
        connection.close()
        options["prepare_threshold"] = threshold


@planned
def test_fault_inside_a_transaction_is_told(changes_of_site):
    with pytest.raises(DatabaseError), transaction.atomic():
        fetch("SELECT 1 / %s", [0])
    assert changes_of_site(1) == [("site", "")]
