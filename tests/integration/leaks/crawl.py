"""Asks for everything that the public can ask for: follows every link, gives every parameter every kind of value."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils.regex_helper import normalize

LINK = re.compile(r"(?:(?<=[\"'\s(=<>])|^)(?:https?://localhost(?::\d+)?)?(/[^\s\"'<>\\(){}|`,;]*)")
NOT_OURS = ("/static/", "/admin/", "//")
PLACE = re.compile(r"%\([^)]*\)s")
VOLATILE = ("Date", "Last-Modified", "Set-Cookie")
"""Other at another time; the second is left out for two seconds after a change, as its unit is too coarse for them."""


@dataclass(frozen=True, slots=True)
class Answer:
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def raw(self) -> bytes:
        """All that goes over the wire."""
        return b"\n".join([*(f"{name}: {value}".encode() for name, value in self.headers), self.body])

    @property
    def is_text(self) -> bool:
        kind = dict(self.headers).get("Content-Type", "")
        return any(each in kind for each in ("json", "text/", "xml", "yaml", "javascript"))


class Crawler:
    def __init__(self, site: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.site = site

    def get(self, url: str, method: str = "GET", **headers: str) -> Answer:
        response = self.client.generic(method, url, headers={**({"Host": self.site} if self.site else {}), **headers})
        body = b"".join(response) if response.streaming else response.content
        kept = sorted((name, value) for name, value in response.items() if name not in VOLATILE)
        return Answer(url, response.status_code, tuple(kept), body)

    def crawl(self, seeds: Iterable[str], most: int = 2500) -> dict[str, Answer]:
        """Everything that can be reached from the seeds."""
        found: dict[str, Answer] = {}
        waiting = list(dict.fromkeys(seeds))
        known = set(waiting)
        while waiting:
            url = waiting.pop(0)
            assert len(found) < most, f"more than {most} addresses; the last is {url}"
            answer = found[url] = self.get(url)
            new = dict.fromkeys(link for link in links(answer) if link not in known)
            known.update(new)
            waiting += new
        return found


def links(answer: Answer) -> Iterator[str]:
    """Paths of ours in an answer and its headers, whatever it is written in. Errors say only what they were asked."""
    if answer.status >= 400:
        return
    texts = [value for name, value in answer.headers if name in ("Link", "Location", "Content-Location")]
    if answer.is_text:
        texts.append(answer.body.decode())
    for text in texts:
        for link in LINK.findall(html.unescape(text)):
            url = quote(link.partition("#")[0], safe="/?&=%+,:;@!$'()*~")
            # facets lead from any choice to any other; one choice at a time shows them all
            if not url.startswith(NOT_OURS) and urlsplit(url).query.count("&") < 2:
                yield url


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Path and parameters of every reading operation of an OpenAPI description."""
    for path, item in schema["paths"].items():
        if "get" in item:
            yield path, item["get"].get("parameters", [])


def requests_of(schema: dict[str, Any], values: dict[str, list[Any]]) -> Iterator[str]:
    """Every operation without parameters, and with each value of each parameter. ``values`` by parameter name, beside
    those that the description itself names."""
    for path, parameters in operations(schema):
        required = [each for each in parameters if each.get("required")]
        fills = [[(each, value) for value in _values(each, values)] for each in required]
        # feeds and calendars filter as the lists do that they are made of
        varied = 2 if path.startswith("/api/") else 1
        for place, fill in enumerate(itertools.product(*fills)):
            yield address(path, fill)
            for each in parameters:
                if not each.get("required") and place < varied:
                    yield from (address(path, [*fill, (each, value)]) for value in _values(each, values))


def address(path: str, given: Iterable[tuple[dict[str, Any], Any]]) -> str:
    query = {}
    for parameter, value in given:
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(str(value), safe=""))
        else:
            query[parameter["name"]] = value
    return path + (f"?{urlencode(query, safe='/*,')}" if query else "")


def _values(parameter: dict[str, Any], values: dict[str, list[Any]]) -> list[Any]:
    schema = parameter["schema"]
    found = [*values.get(parameter["name"], []), *schema.get("items", schema).get("enum", [])]
    example = parameter.get("example")
    if example is not None:
        found.append(",".join(map(str, example)) if isinstance(example, list) else example)
    found += [schema[each] for each in ("minimum", "maximum", "default") if each in schema]
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Pattern:
    """An address of the URL configuration: ``/feeds/%(name)s.%(form)s``, and how Django calls it."""

    template: str
    route: str

    def filled(self, values: Iterable[Any]) -> Iterator[str]:
        """The addresses with all combinations of values in the places, as far as they belong to this pattern."""
        for fill in itertools.product(values, repeat=self.template.count("%(")):
            rest = iter(fill)
            url = PLACE.sub(lambda _, rest=rest: quote(str(next(rest))), self.template)  # type: ignore[misc]
            if self.holds(url):
                yield url

    def holds(self, url: str) -> bool:
        try:
            return resolve(url).route == self.route
        except Resolver404:
            return False


def patterns(resolver: URLResolver | None = None, above: str = "/", route: str = "") -> Iterator[Pattern]:
    """Every address that the URL configuration knows; the admin's too."""
    for each in (resolver or get_resolver()).url_patterns:
        for template, _ in normalize(each.pattern.regex.pattern):
            if isinstance(each, URLPattern):
                yield Pattern(above + template, route + str(each.pattern))
            else:
                yield from patterns(each, above + template, route + str(each.pattern))
