"""Whatever is wrong with a package: a line that says where, and nothing changed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from wagtail.models import Page, Revision, Site

from cms.content.models import ContentImage, Topic
from cms.content.packages.faults import PackageError
from cms.content.packages.importer import import_package
from tests.integration.packages import sample

Lines = Callable[..., list[str]]


def put(content: Any, way: list[str | int], value: Any) -> Any:
    """Sets one value deep inside; ``...`` removes it."""
    node = content
    for step in way[:-1]:
        node = node[step]
    if value is ...:
        del node[way[-1]]
    else:
        node[way[-1]] = value
    return content


EVENT: list[str | int] = ["pages", sample.EVENT]

CASES: list[tuple[list[str | int], Any, str]] = [
    # the package
    (["format"], "formidle-content/2", "format: expected 'formidle-content/1', got 'formidle-content/2'"),
    (["seiter"], [], "seiter: unknown key; known are "),
    (["pages"], {}, "pages: expected a list of pages, got {}"),
    (["pages", 0], "hjem", "pages[0]: expected an object, got 'hjem'"),
    # which page
    ([*EVENT, "type"], "moete", "pages[3].type: unknown type 'moete'; known are "),
    ([*EVENT, "type"], ["event"], "pages[3].type: unknown type ['event']"),
    ([*EVENT, "path"], "arrangement", "pages[3].path: expected a path like /nyheter/, got 'arrangement'"),
    ([*EVENT, "path"], "/arrangement/to ord/", "pages[3].path: 'to ord' cannot stand in a path"),
    ([*EVENT, "path"], "/api/fagdag/", "pages[3].path: /api/ is in use by the system"),
    ([*EVENT, "path"], "/om-oss/", "pages[3].path: /om-oss/ is the path of pages[1] too"),
    ([*EVENT, "path"], ..., "pages[3].path: expected a path like /nyheter/, got None"),
    ([*EVENT, "locale"], "en", "pages[3].locale: expected 'nb', the language of the site's tree, got 'en'"),
    ([*EVENT, "title"], "  ", "pages[3].title: a page needs a title"),
    ([*EVENT, "title"], "x" * 300, "pages[3].title: the text has 300 characters; at most 255 are possible"),
    (
        ["pages", 1],
        {"type": "home", "path": "/om-oss/", "title": "Om oss"},
        "pages[1].path: a page of type home cannot stand there",
    ),
    (["pages", 0, "type"], "page", "pages[0].type: the site's page / is of another type: home"),
    # what it holds
    ([*EVENT, "farge"], "blå", "pages[3].farge: event has no such field"),
    ([*EVENT, "start"], "2019-02-30T09:00:00+01:00", "pages[3].start: expected an instant with offset"),
    (
        [*EVENT, "start"],
        "2019-07-30T09:00:00",
        "pages[3].start: the instant 2019-07-30T09:00:00 has no offset: write 2019",
    ),
    ([*EVENT, "start"], "0001-01-01T00:00:00+05:00", "pages[3].start: expected an instant with offset"),
    ([*EVENT, "status"], "utsatt", "pages[3].status: 'utsatt' is not one of planned, cancelled, postponed"),
    ([*EVENT, "all_day"], "ja", "pages[3].all_day: expected true or false, got 'ja'"),
    ([*EVENT, "stream_url"], "javascript:alert(1)", "pages[3].stream_url: 'javascript:alert(1)' is not an address"),
    ([*EVENT, "registration_deadline"], "2019-13-01", "pages[3].registration_deadline: expected a day, YYYY-MM-DD"),
    ([*EVENT, "municipalities", 1], "9999", "pages[3].municipalities[1]: '9999' is not a municipality's number"),
    ([*EVENT, "place"], "Banken", "pages[3].place: expected an object, got 'Banken'"),
    ([*EVENT, "place", "rom"], "A", "pages[3].place.rom: unknown key; known are name, address, municipality"),
    ([*EVENT, "topics"], "kraft", "pages[3].topics: expected a list of topics, got 'kraft'"),
    ([*EVENT, "topics", 0], "!!", "pages[3].topics[0]: '!!' cannot be a topic"),
    ([*EVENT, "seo", "tittel"], "x", "pages[3].seo.tittel: unknown key"),
    ([*EVENT, "programme", 0, "start"], "ni", "pages[3].programme[0].start: expected a time, HH:MM, got 'ni'"),
    ([*EVENT, "programme", 0, "kind"], "tale", "pages[3].programme[0].kind: 'tale' is not one of "),
    ([*EVENT, "programme", 1, "speakers"], "Kari", "pages[3].programme[1].speakers: expected a list, got 'Kari'"),
    ([*EVENT, "programme", 0, "id"], 7, "pages[3].programme[0]: the id 7 is not a text"),
    ([*EVENT, "body", 0, "type"], "overskrift", "pages[3].body[0]: unknown block 'overskrift'; known are "),
    ([*EVENT, "body", 0, "value", "level"], 7, "pages[3].body[0].value.level: '7' is not one of 2, 3, 4"),
    ([*EVENT, "body", 0, "value", "text"], 7, "pages[3].body[0].value.text: expected a text, got 7"),
    ([*EVENT, "body", 1, "value"], ["<p>"], "pages[3].body[1].value: rich text is a string of HTML, or {html}"),
    ([*EVENT, "body", 0], ["heading"], "pages[3].body[0]: a block is {type, value}"),
    (["pages", 5, "period", "start"], "11", "pages[5].period.start: expected a day, a month or a year"),
    (
        ["pages", 4, "body", 5, "value", "rows", 0],
        ["a"],
        "pages[4].body[5].value.rows: every row needs the same number",
    ),
    # what it refers to
    ([*EVENT, "image", "image"], "foaje", "pages[3].image.image: there is no image «foaje» in the package"),
    ([*EVENT, "image", "bredde"], 3, "pages[3].image.bredde: unknown key"),
    ([*EVENT, "body", 4, "value"], "referat", "pages[3].body[4].value: there is no document «referat» in the package"),
    ([*EVENT, "body", 1, "value"], "<a href='page:/x/'>x</a>", "pages[3].body[1].value: the page '/x/' is neither in "),
    (
        [*EVENT, "body", 1, "value"],
        "<a href='/om-oss/'>x</a>",
        "pages[3].body[1].value: the link '/om-oss/' has no target",
    ),
    ([*EVENT, "report"], "/om-oss/", "pages[3].report: the page '/om-oss/' is of another type than news article"),
    (
        ["pages", 4, "related", 0],
        "/x/",
        "pages[4].related[0]: the page '/x/' is neither in the package nor on the site",
    ),
    (
        ["pages", 6, "gatherings", 1, "event"],
        "/om-oss/",
        "pages[6].gatherings[1].event: the page '/om-oss/' is of another",
    ),
    # the rest
    (["images", "sal", "file"], "images/borte.png", "images.sal.file: cannot read 'images/borte.png': No such file"),
    (["images", "sal", "file"], "../../hemmelig.png", "images.sal.file: '../../hemmelig.png' lies outside the package"),
    (["images", "sal", "file"], "documents/program.txt", "images.sal.file: "),
    (["images", "sal", "file"], ..., "images.sal.file: expected the path of a file in the package, got None"),
    (["images", "sal", "licence"], "gratis", "images.sal.licence: 'gratis' is not one of own, cc0, "),
    (["images", "sal", "consent_until"], "i morgen", "images.sal.consent_until: expected a day, YYYY-MM-DD"),
    (["images", "sal", "focal_point", "x"], 1.5, "images.sal.focal_point.x: expected a number from 0 to 1, got 1.5"),
    (["images", "sal", "farge"], "blå", "images.sal.farge: unknown key"),
    (["documents", "program", "file"], "images/sal.png", "documents.program.file: File extension “png” is not allowed"),
    (["topics", 0, "slug"], "Ø!", "topics[0].slug: a topic needs a slug of letters a–z"),
    (["redirects", 0, "from"], "gammel", "redirects[0].from: expected an old path like /fagdager/, got 'gammel'"),
    (
        ["redirects", 0, "to"],
        "//example.no/",
        "redirects[0].to: expected page:/path/, /path/ or an address that begins with https://, got '//example.no/'",
    ),
    (["redirects", 0, "to"], "page:/x/", "redirects[0].to: the page '/x/' is neither in the package nor on the site"),
    (["site", "contact", "epost"], "x", "site.contact.epost: unknown key"),
    (["site", "social", 0, "url"], "x", "site.social[0].url: 'x' is not an address that can be followed"),
    (
        ["site", "privacy"],
        {"url": "page:/x/"},
        "site.privacy: the page '/x/' is neither in the package nor on the site",
    ),
]


@pytest.mark.parametrize(("way", "value", "line"), CASES, ids=[line[:60] for _, _, line in CASES])
def test_a_fault_is_one_line_with_its_place(faults: Lines, content: Any, way: Any, value: Any, line: str) -> None:
    lines = faults(put(content, way, value))
    assert len(lines) == 1
    assert lines[0].startswith(line)


def test_all_faults_are_told_at_once_in_the_order_of_the_package(faults: Lines, content: Any) -> None:
    put(content, ["pages", 4, "kind"], "notis")
    put(content, [*EVENT, "end"], "aldri")
    put(content, ["pages", 1, "contacts"], "Kari")
    assert [line.partition(":")[0] for line in faults(content)] == [
        "pages[1].contacts",
        "pages[3].end",
        "pages[4].kind",
    ]


STOPS: list[tuple[list[str | int], Any, str]] = [
    ([*EVENT, "end"], "2019-01-30T09:00:00+01:00", "pages[3].end: "),
    ([*EVENT, "start"], ..., "pages[3].start: "),
    ([*EVENT, "images", 0], {"image": "mjosa"}, "pages[3].images[0].alt: "),
    ([*EVENT, "body", 5, "value", "link"], None, "pages[3].body[5].value.link.page: "),
    ([*EVENT, "body", 0, "value", "text"], "", "pages[3].body[0].value.text: "),
    ([*EVENT, "place", "name"], "", "pages[3].place.name: "),
    ([*EVENT, "programme", 0, "date"], "2019-02-02", "pages[3].programme[0].date: "),
]


@pytest.mark.parametrize(("way", "value", "line"), STOPS, ids=[line for _, _, line in STOPS])
def test_what_stops_an_editor_stops_publishing(faults: Lines, content: Any, way: Any, value: Any, line: str) -> None:
    before = traces()
    lines = faults(put(content, way, value))
    assert any(each.startswith(line) for each in lines), lines
    assert traces() == before


def test_a_fault_changes_nothing(faults: Lines, content: Any) -> None:
    before = traces()
    faults(put(content, ["pages", 4, "kind"], "notis"))
    assert traces() == before


def test_an_error_while_writing_takes_everything_back(load: Any, content: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from cms.content.packages import importer

    before = traces()
    monkeypatch.setattr(importer, "write_redirects", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load(content)
    assert traces() == before


def traces() -> dict[str, Any]:
    """Rows and files that an import leaves."""
    return {
        "pages": list(Page.objects.order_by("pk").values_list("pk", "latest_revision")),
        "revisions": Revision.objects.count(),
        "rows": (ContentImage.objects.count(), Topic.objects.count()),
        "files": sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()),
    }


def test_half_an_image_is_a_fault(site: Site, content: Any, tmp_path: Path) -> None:
    folder = sample.write(tmp_path, content)
    whole = (folder / "images" / "sal.png").read_bytes()
    (folder / "images" / "sal.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(PackageError) as raised:
        import_package(folder, site, publish=True)
    assert str(raised.value).startswith("images.sal.file: cannot read the image 'sal.png'")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{\n "format": formidle\n}', "content.json: not JSON: line 2 column 12: Expecting value"),
        ("[]", 'content.json: a package is an object with "format": "formidle-content/1"'),
        ('{"format": NaN}', "content.json: NaN is not a number in JSON"),
        ("[" * 100_000, "content.json: nested too deeply"),
        (
            '{"format": "formidle-content/1", "pages": [{"title": "\\ud800"}]}',
            "pages[0].title: the text has a character",
        ),
    ],
)
def test_what_is_no_package(faults: Lines, text: str, line: str) -> None:
    (found,) = faults(text)
    assert line in found


@pytest.mark.parametrize(("path", "line"), [("", "Is a directory"), ("borte.json", "No such file or directory")])
def test_the_command_ends_with_1_and_faults_on_stderr(site: Site, tmp_path: Path, path: str, line: str) -> None:
    (tmp_path / "content.json").mkdir()
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_content", str(tmp_path / path), stdout=out, stderr=err)
    assert ended.value.code == 1
    assert (out.getvalue(), line in err.getvalue(), len(err.getvalue().splitlines())) == ("", True, 1)


def test_latin_1_is_a_fault(site: Site, tmp_path: Path) -> None:
    (tmp_path / "content.json").write_bytes('{"format": "ø"}'.encode("latin-1"))
    with pytest.raises(PackageError, match="not UTF-8, at byte 12"):
        import_package(tmp_path, site, publish=False)


JUNK: list[Any] = [None, True, 0, -1, 3.5, 10**40, "", "x" * 3000, [], [[]], {}, [None], {"a": 1}, {"url": 1}]
JUNK += ["page:/nei/", "2024-13-45", "9999-12-31T23:59:59-05:00", "25:00", "https://[", "\u2028\n", {"html": []}]


def test_wrong_types_everywhere_are_faults_and_never_crash(site: Site, content: Any, tmp_path: Path) -> None:
    dice = random.Random(2019)
    folder = sample.write(tmp_path, content)
    ways = [way for way in walk(content) if way]
    for _ in range(150):
        changed = put(json.loads(json.dumps(content)), dice.choice(ways), dice.choice(JUNK))
        changed["aldri"] = "so that nothing is ever written"
        sample.write(folder, changed)
        with pytest.raises(PackageError) as raised:
            import_package(folder, site, publish=True)
        assert all("\n" not in str(fault) for fault in raised.value.faults)


def walk(node: Any, way: tuple[str | int, ...] = ()) -> list[list[str | int]]:
    below: Any = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [list(way), *(each for key, value in below for each in walk(value, (*way, key)))]
