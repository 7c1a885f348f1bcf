"""What a SEARCH_URL says of a cluster.

https://user:password@es1.example.no:9200,es2.example.no:9200/formidle?ca=/etc/ssl/es.pem&replicas=1
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PORT = 9200
PREFIX = "formidle"
NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^\s:\[\]/]+)(?::(?P<port>\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class Address:
    """
    hosts      ``https://es1.example.no:9200`` …; the next one is asked where one does not answer
    prefix     what the names of its indexes begin with; another prefix is another installation
    api_key    as Elasticsearch encodes it; instead of user and password
    ca         file with the certificate that signed the servers'
    shards     of an index; None: one
    replicas   copies of each shard; None: one where there is a second node, none where there is not
    timeout    seconds that one answer may take
    """

    hosts: tuple[str, ...]
    prefix: str = PREFIX
    user: str = ""
    password: str = ""
    api_key: str = ""
    ca: str = ""
    shards: int = 1
    replicas: int | None = None
    timeout: float = 2.0


def parse(url: str) -> Address:
    """Raises ValueError, in words that hold nothing of the URL but what may be seen.

    >>> parse("http://localhost/").hosts
    ('http://localhost:9200',)
    """
    parts = urlsplit(url)
    before, _, hosts = parts.netloc.rpartition("@")
    user, _, password = (unquote(each) for each in before.partition(":"))
    found = Address(tuple(_hosts(parts.scheme, hosts)), _prefix(parts.path), user, password, **_parameters(parts.query))
    if found.user and found.api_key:
        raise ValueError("it has a user and an API key; one of them is enough")
    if found.user and not found.password:
        raise ValueError("it has a user and no password; a / in one is written %2F")
    if found.ca and not Path(found.ca).is_file():
        raise ValueError(f"there is no file {found.ca} (ca)")
    if parts.fragment:
        raise ValueError("it has a #; in a password that is written %23")
    return found


def _hosts(scheme: str, hosts: str) -> Iterator[str]:
    for number, host in enumerate(hosts.split(","), 1):
        found = HOST.fullmatch(host)
        if not found or not 0 < int(found["port"] or PORT) < 65536:
            # not shown: with an @ or / in a password, this is where its end would be
            raise ValueError(f"host {number} is none; expected {scheme}://user:password@host:9200,host2:9200/{PREFIX}")
        yield f"{scheme}://{found['name']}:{found['port'] or PORT}"


def _prefix(path: str) -> str:
    name = path.strip("/") or PREFIX
    if not NAME.fullmatch(name):
        raise ValueError("what follows the host, the prefix of its indexes, may have a to z, 0 to 9 and _")
    return name


def _parameters(query: str) -> dict[str, Any]:
    kinds: dict[str, Callable[[str], Any]] = {
        "api_key": str,
        "ca": str,
        "shards": int,
        "replicas": int,
        "timeout": float,
    }
    found: dict[str, Any] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in kinds or name in found:
            raise ValueError(f"it has a parameter too much; there are {', '.join(kinds)}, once each")
        try:
            found[name] = kinds[name](value)
        except ValueError:
            raise ValueError(f"{name} is no number") from None
    if found.get("shards", 1) < 1 or found.get("replicas", 0) < 0 or not 0 < found.get("timeout", 1) < 600:
        raise ValueError("shards, replicas or timeout is out of range")
    return found
