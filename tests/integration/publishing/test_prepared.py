from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from cms.publishing import planned
from cms.publishing.models import Change, Route
from cms.publishing.prepared import Prepared, fetch


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_arguments_are_parameters_never_sql():
    Route.objects.create(site_id=1, path="/'; --/", location="/x/")
    prepared = Prepared(lambda path: Route.objects.filter(path=path).values_list("location"), "")
    assert prepared("/'; --/") == [("/x/",)]
    assert prepared("' OR 1=1 --") == []


@pytest.mark.django_db
def test_argument_that_the_sql_shows_in_another_form_is_refused():
    prepared = Prepared(lambda path: Route.objects.filter(path__startswith=path).values_list("location"), "")
    with pytest.raises(TypeError, match="do not stand in the SQL"):
        prepared("/nyheter/")


# -- on PostgreSQL: planned once for each connection -------------------------------------------------------------------

postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connection that dies")


@pytest.fixture
def outside_transactions(django_db_setup, django_db_blocker):
    """A connection that may die. Django's own way empties every table afterwards, of what migrations wrote as well."""
    with django_db_blocker.unblock():
        yield
        Change.objects.all().delete()


def kept() -> int:
    """Statements that the server keeps for this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return int(cursor.fetchone()[0])


@contextmanager
def another_connection():
    with psycopg.connect(**connection.connection.info.get_parameters(), autocommit=True) as other:
        yield other


@pytest.fixture
def kinds(outside_transactions):
    """Kinds of the changes of a site; asked once."""
    Change.objects.create(kind="site", site_id=1, at=datetime(2026, 3, 1, 8, tzinfo=UTC))
    prepared = Prepared(lambda site_id: Change.objects.filter(site_id=site_id).values_list("kind", "at"), 0)
    assert prepared(1) == [("site", datetime(2026, 3, 1, 8, tzinfo=UTC))]
    return lambda: [kind for kind, _ in prepared(1)]


@postgresql
def test_one_statement_whatever_the_size_of_numbers(kinds):
    before = kept()
    for number in (1, 40_000, 2**40):
        fetch(connection, 'SELECT kind FROM "publishing_change" WHERE id = %s', [number])
    assert kept() == before + 1


@postgresql
def test_server_keeps_a_limited_number_of_statements(kinds, monkeypatch):
    monkeypatch.setattr(planned, "MOST", 5)
    for number in range(20):
        assert fetch(connection, f"SELECT {number} + %s", [1]) == [(number + 1,)]
        assert kept() <= 5
    assert kinds() == ["site"]


@postgresql
def test_connection_that_died_is_made_anew(kinds):
    died = connection.connection.info.backend_pid
    with another_connection() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [died])
    assert kinds() == ["site"]
    assert connection.connection.info.backend_pid != died
    before = kept()
    assert kinds() == ["site"]
    assert kept() == before + 1, "it is planned on the new one"


@postgresql
def test_migration_meanwhile_makes_a_new_plan(kinds):
    with another_connection() as other:
        other.execute('ALTER TABLE "publishing_change" ALTER COLUMN kind TYPE varchar(21)')
        try:
            assert [kinds() for _ in range(3)] == [["site"]] * 3
        finally:
            other.execute('ALTER TABLE "publishing_change" ALTER COLUMN kind TYPE varchar(20)')


@postgresql
def test_statement_that_the_server_no_longer_has_is_asked_without_it(kinds):
    """As behind a pooler that gave the next transaction another connection."""
    connection.connection.pgconn.exec_(b"DEALLOCATE ALL")
    assert kinds() == ["site"]


@postgresql
def test_server_keeps_nothing_where_settings_say_so(kinds, settings):
    connection.close()
    settings.PREPARED_STATEMENTS = False
    assert kinds() == ["site"]
    assert kept() == 0


@postgresql
def test_fault_inside_a_transaction_is_told(kinds):
    with transaction.atomic():
        assert kinds() == ["site"], "the statement that begins the transaction"
        assert kinds() == ["site"]
        with pytest.raises(DatabaseError):
            fetch(connection, "SELECT 1 / %s", [0])
        transaction.set_rollback(True)
    assert kinds() == ["site"]


@postgresql
def test_reads_what_its_own_transaction_wrote(kinds):
    with transaction.atomic():
        Change.objects.update(kind="navigation")
        assert kinds() == ["navigation"]
        transaction.set_rollback(True)
    assert kinds() == ["site"]
