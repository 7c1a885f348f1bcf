"""A lease in the database: one process at a time does a thing; another takes over when it dies."""

from __future__ import annotations

import logging
import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.db import connection, transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Now

from cms.publishing.models import Lease

logger = logging.getLogger(__name__)

LENGTH = timedelta(seconds=10)
RENEWAL_SECONDS = 2.0
STALLED = timedelta(seconds=15)
"""PostgreSQL ends a transaction under a lease that has been idle for so long: its lock keeps others from taking over.

SQLite cannot; there the lock is a file's, and whoever is stopped inside a transaction keeps everybody from writing.
"""

# The database's clock: those of several machines differ.
EXPIRED = ExpressionWrapper(Q(expires_at__lte=Now()), output_field=BooleanField())


class LeaseLost(Exception):
    """Somebody else holds the lease; nothing may be written under it any more."""


class Holder:
    """``lease = Holder("projector")``, ``lease.take()`` until it is true, ``lease.release()`` at the end.

    While it is held a thread renews it, and sets ``lost`` when it finds that somebody else has it. What is written
    under it calls ``check()`` in its transaction, so a process that was paused for longer than the lease lasts writes
    nothing when it wakes up.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.id = f"{_machine()}/{os.getpid()}/{_started(os.getpid())}/{uuid.uuid4().hex[:8]}"
        self.lost = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def take(self) -> bool:
        """Tries once to become or stay the holder."""
        with transaction.atomic():
            self._limit_stalls()
            mine = {"holder": self.id, "expires_at": Now() + LENGTH}
            rows = Lease.objects.select_for_update().filter(name=self.name)
            row = rows.annotate(expired=EXPIRED).first()
            if row is None:
                # another may be quicker, and then this raises: the caller tries again
                Lease.objects.create(name=self.name, **mine)
            elif row.holder == self.id or row.expired or _is_dead(row.holder):
                rows.update(**mine)
            else:
                return False
        self.lost.clear()
        if self._thread is None:
            self._thread = threading.Thread(target=self._renew, name=f"lease-{self.name}", daemon=True)
            self._thread.start()
        return True

    def check(self) -> None:
        """Inside a transaction: raises LeaseLost unless the lease is ours, and stays so until the transaction ends.

        SQLite: our transactions begin with the write lock. PostgreSQL: the row is locked.
        """
        self._limit_stalls()
        if not Lease.objects.select_for_update().filter(name=self.name, holder=self.id).values_list("name").first():
            raise LeaseLost(self.name)

    def release(self) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(timeout=5)
        Lease.objects.filter(name=self.name, holder=self.id).delete()

    @staticmethod
    def _limit_stalls() -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{STALLED.seconds}s'")

    def _renew(self) -> None:
        try:
            while not self._stopped.wait(RENEWAL_SECONDS):
                try:
                    # on time or not: as long as nobody else has taken it, it is ours
                    mine = Lease.objects.filter(name=self.name, holder=self.id)
                    if not mine.update(expires_at=Now() + LENGTH):
                        self.lost.set()
                except Exception:
                    logger.exception("Could not renew the lease %s", self.name)
                    connection.close()
        finally:
            connection.close()


@contextmanager
def writing(lease: Holder | None) -> Iterator[None]:
    """A transaction that commits only what is written while the lease is held. None: the caller knows it is alone."""
    with transaction.atomic():
        if lease:
            lease.check()
        yield


def wait_briefly() -> None:
    """From here on the transaction fails (OperationalError) when others hold a row for longer than a second."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '1s'")


def holder_alive(name: str) -> bool:
    """True while some process holds the lease."""
    row = Lease.objects.filter(name=name, expires_at__gt=Now()).first()
    return bool(row and not _is_dead(row.holder))


def _is_dead(holder: str) -> bool:
    """True when the holder ran on this machine and its process is gone."""
    machine, _, rest = holder.partition("/")
    pid, _, rest = rest.partition("/")
    return machine == _machine() and _started(int(pid)) != rest.partition("/")[0]


@cache
def _machine() -> str:
    """Host, boot and container: where a process id means the same process to us as to the holder."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text()[:8]
        return f"{socket.gethostname()}:{boot}:{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:  # no Linux: nobody's death is seen, a lease ends with its time
        return f"{socket.gethostname()}:{uuid.uuid4().hex[:8]}"


def _started(pid: int) -> str:
    """When a process began, in ticks of the machine's clock; "" when there is none. Process ids are used again."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    state, *fields = stat.rpartition(")")[2].split()
    return "" if state in "ZX" else fields[18]
