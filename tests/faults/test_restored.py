"""A backup of the database is put back, also on a machine that knows nothing of what came after it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from tests.databases import empty_database
from tests.faults.mirror import Mirror
from tests.integration.publishing.installation import Installation, wait_until
from tests.services import find_postgres

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait()


def back_up(url: str, file: Path) -> None:
    if connection.vendor == "sqlite":
        subprocess.run(["sqlite3", url.removeprefix("sqlite:///"), f".backup {file}"], check=True)
    else:
        subprocess.run([_program("pg_dump"), "-Fc", "-f", file, url], check=True)


def restore(file: Path, data: Path, url: str) -> str:
    """DATABASE_URL of the restored database."""
    if connection.vendor == "sqlite":
        shutil.copy(file, data / "restored.sqlite3")
        return f"sqlite:///{data / 'restored.sqlite3'}"
    subprocess.run([_program("pg_restore"), "--no-owner", "-d", url, file], check=True)
    return url


def _program(name: str) -> Path:
    folder = find_postgres()
    assert folder is not None
    return folder / name


@pytest.mark.skipif(connection.vendor == "sqlite" and not shutil.which("sqlite3"), reason="needs the program sqlite3")
def test_restored_backup_expires_cursors_and_takes_the_next_edits(installation, tmp_path):
    worker = installation.worker()
    installation.assert_whole()
    back_up(installation.env["DATABASE_URL"], tmp_path / "backup")
    before = installation.do("epoch")
    installation.do("edit", name="Etter kopien")
    installation.assert_whole()
    mirror = Mirror(installation.web())
    mirror.follow()
    assert installation.do("epoch") == before
    stop(worker)
    (tmp_path / "log-position").unlink()  # as on a new machine; the index is the one from after the backup
    with empty_database() as empty:
        restored = Installation(tmp_path, restore(tmp_path / "backup", tmp_path, empty))
        try:
            restored.worker()
            wait_until(lambda: restored.do("epoch") != before)
            restored.assert_whole()
            restored.do("edit", name="Etter gjenopprettingen")
            restored.assert_whole()
            mirror.server = restored.web()
            mirror.follow()
            assert mirror.started_over == 1
            assert mirror.documents == mirror.live()
        finally:
            restored.end()
