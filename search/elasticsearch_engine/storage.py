"""Which indexes of a cluster are ours: one per generation, and aliases for those that matter.

formidle-3f0c…-9a1b…-77d0…   a generation: its fields, its analysis, and a name that no other has
formidle-current             the one in use, whatever its fields
formidle-read-3f0c…          the same, for versions of Formidle that know these fields
formidle-vectors-5d1e…       the same, where its vectors are of this embedder
formidle-candidate           the one that is being filled
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any, Literal

from elasticsearch import Elasticsearch, NotFoundError

from search.contract import IndexMissing
from search.elasticsearch_engine import schema
from search.elasticsearch_engine.address import Address
from search.elasticsearch_engine.client import WRITE_SECONDS, translated

Role = Literal["current", "candidate"]


class Storage:
    def __init__(self, client: Elasticsearch, address: Address) -> None:
        self._client = client.options(request_timeout=WRITE_SECONDS)
        self._impatient = client
        self._address = address
        self._prefix = address.prefix
        self._ours = re.compile(re.escape(self._prefix) + r"-(?P<fingerprint>[0-9a-f]{12}-[0-9a-f]{12})-[0-9a-f]{32}")

    def alias(self, role: Role) -> str:
        """By which an index is read and written; that of the index in use is there only where it has today's fields."""
        return f"{self._prefix}-read-{schema.fields_hash()}" if role == "current" else self._pointer(role)

    def vectors(self, role: Role) -> str | None:
        """By which vectors of today's embedder are read, if there are any."""
        made_by = schema.vectors_hash()
        if not made_by:
            return None
        return f"{self._prefix}-vectors-{made_by}" if role == "current" else self._pointer(role)

    def name(self, role: Role, *, patient: bool = True) -> str:
        """``patient``: waits as long as a write may. Raises IndexMissing."""
        found = self._pointed(self._pointer(role), patient=patient)
        if found is None or not self._is_readable(found):
            raise IndexMissing(f"No {role} index that this version can read.")
        return found

    def fingerprint(self, name: str) -> str:
        """Of the rules that an index was made by."""
        found = self._ours.fullmatch(name)
        return found["fingerprint"] if found else ""

    def begin(self) -> None:
        self.drop()
        name = f"{self._prefix}-{schema.fingerprint()}-{uuid.uuid4().hex}"
        index = schema.definition(name, self._address)
        index.aliases(**{self._pointer("candidate"): {}})
        with translated():
            index.create(using=self._client)

    def switch(self) -> None:
        """In one step. Raises IndexMissing without a candidate."""
        name, old = self.name("candidate"), self._pointed(self._pointer("current"))
        names = (self._pointer("current"), self.alias("current"), self.vectors("current"))
        add = [{"add": {"index": name, "alias": each}} for each in names if each]
        remove = [{"remove": {"index": name, "alias": self._pointer("candidate")}}]
        gone = [{"remove_index": {"index": old}}] if old else []
        with translated():
            self._client.indices.update_aliases(actions=[*add, *remove, *gone])
        self.drop()

    def drop(self) -> None:
        """Keeps the generation in use and nothing else: not the one before, nor what a killed process left."""
        current = self._pointed(self._pointer("current"))
        self._delete(each for each in self._all() if each != current)

    def remove(self) -> None:
        self._delete(self._all())

    def _pointer(self, role: Role) -> str:
        return f"{self._prefix}-{role}"

    def _pointed(self, alias: str, *, patient: bool = True) -> str | None:
        client = self._client if patient else self._impatient
        with translated():
            try:
                found: Any = client.indices.get_alias(name=alias)
            except NotFoundError:
                return None
        return min(found) if found else None

    def _is_readable(self, name: str) -> bool:
        return self.fingerprint(name).startswith(f"{schema.fields_hash()}-")

    def _all(self) -> list[str]:
        """By pattern, then exactly: another installation's prefix may begin like ours."""
        with translated():
            found: Any = self._client.indices.get_alias(index=f"{self._prefix}-*", expand_wildcards="all")
        return [each for each in found if self._ours.fullmatch(each)]

    def _delete(self, names: Iterator[str] | list[str]) -> None:
        for name in names:
            with translated():
                self._client.options(ignore_status=404).indices.delete(index=name)
