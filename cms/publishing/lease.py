"""A lease in the database: one process at a time does a thing; another takes over when it dies."""

from __future__ import annotations

import os
import socket
import threading
import uuid
from datetime import timedelta

from django.db import close_old_connections, transaction
from django.utils import timezone

from cms.publishing.models import Lease

LENGTH = timedelta(seconds=10)
RENEWAL_SECONDS = 2.0


class LeaseLost(Exception):
    """Somebody else holds the lease; nothing may be written under it any more."""


class Holder:
    """``with Holder("projector") as lease: if lease.take(): …``; renews itself in a thread."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.id = f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex[:8]}"
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def take(self) -> bool:
        """Tries once to become or stay the holder."""
        now = timezone.now()
        with transaction.atomic():
            row, made = Lease.objects.select_for_update().get_or_create(
                name=self.name, defaults={"holder": self.id, "expires_at": now + LENGTH}
            )
            if not made and row.holder != self.id and row.expires_at > now and not _is_dead(row.holder):
                return False
            Lease.objects.filter(name=self.name).update(holder=self.id, expires_at=now + LENGTH)
        if self._thread is None:
            self._thread = threading.Thread(target=self._renew, name=f"lease-{self.name}", daemon=True)
            self._thread.start()
        return True

    def check(self) -> None:
        """Inside a transaction: raises LeaseLost unless the lease is still ours when it commits."""
        if not Lease.objects.filter(name=self.name, holder=self.id).select_for_update().exists():
            raise LeaseLost(self.name)

    def release(self) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(timeout=5)
        Lease.objects.filter(name=self.name, holder=self.id).delete()

    def _renew(self) -> None:
        while not self._stopped.wait(RENEWAL_SECONDS):
            try:
                Lease.objects.filter(name=self.name, holder=self.id).update(expires_at=timezone.now() + LENGTH)
            finally:
                close_old_connections()


def _is_dead(holder: str) -> bool:
    """True when the holder ran on this machine and its process is gone."""
    host, _, rest = holder.partition("/")
    pid = rest.partition("/")[0]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def holder_alive(name: str) -> bool:
    """True while some process holds the lease."""
    row = Lease.objects.filter(name=name).first()
    return bool(row and row.expires_at > timezone.now() and not _is_dead(row.holder))
