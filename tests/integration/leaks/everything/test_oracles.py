"""Nobody can find out by asking whether something hidden is there: it answers like what never was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from wagtail.models import Page

from cms.api import cursors
from cms.content.models import ContentImage, ContentRendition
from cms.publishing.models import Document
from cms.publishing.reads import Cursor
from tests.integration.leaks import asking
from tests.integration.leaks.corpus import HIDDEN_MUNICIPALITY, HIDDEN_YEAR, TYPES
from tests.integration.leaks.crawl import Answer, address, operations
from tests.integration.leaks.markers import LETTERS

pytestmark = pytest.mark.slow

UNKNOWN = "xq" + "bcdfghjklm"
"""A word like those of the hidden pages, which stands nowhere."""

PER_QUERY = 30


def assert_like_unknown(corpus, url: str, value: Any, unknown: Any = UNKNOWN) -> None:
    """The address with the value answers as it does with the unknown one, but for the value itself."""
    asked, other = corpus.crawler.get(url), corpus.crawler.get(url.replace(str(value), str(unknown)))
    assert _without(asked, str(value)) == _without(other, str(unknown)), url


def _without(answer: Answer, value: str) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    """ETag and length follow from the body."""
    number = re.compile(rf"(?<!\d){value}(?!\d)")
    headers = tuple(
        (name, number.sub("…", text) if name in ("Cache-Tag", "Surrogate-Key", "Link", "Location") else text)
        for name, text in answer.headers
        if name not in ("ETag", "Content-Length")
    )
    return answer.status, headers, number.sub("…", answer.body.decode()).encode()


def never_public(corpus) -> list[Any]:
    return [page for name, page in corpus.hidden.pages.items() if not name.startswith("once ")]


def test_search_finds_no_hidden_word(corpus):
    words = iter(corpus.secret.names)
    while chunk := list(islice(words, PER_QUERY)):
        found = corpus.json(f"/api/v1/search/?q={'+'.join(chunk)}")
        assert (found["total"], found["results"], found["did_you_mean"]) == (0, [], None)
        assert not [facet for facet in found["facets"].values() if facet["values"]]


def test_search_finds_what_is_public(corpus):
    title = Page.objects.get(pk=corpus.pages["event"].pk).title
    assert corpus.json(f"/api/v1/search/?q={title}")["total"] == 1
    assert corpus.json(f"/api/v1/search/suggest/?q={title[:5]}")["completions"] == [title]


def test_no_beginning_of_a_hidden_word_is_completed(corpus):
    beginnings = ["x", "xq", *(f"xq{letter}" for letter in LETTERS)]
    beginnings += [word[:length] for word in corpus.secret.words(" title")[:10] for length in range(4, 13)]
    public = next(iter(corpus.control.names))
    for text in [*beginnings, *(f"{public} {each}" for each in beginnings[:5])]:
        found = corpus.json(f"/api/v1/search/suggest/?q={quote(text)}")
        assert (found["pages"], found["completions"]) == ([], []), text


@pytest.mark.parametrize("form", ["{} {}", "{} -{}", '"{} {}"', "-{}", '"{}"'])
@pytest.mark.parametrize("operation", ["search/", "search/suggest/"])
def test_hidden_words_beside_public_ones_change_nothing(corpus, form, operation):
    public = corpus.control.words("event title")[0]
    for word in (*corpus.secret.words("once")[::97], *corpus.secret.words("draft")[::97]):
        for given in ((word, public), (public, word), (word, public[:5])):
            assert_like_unknown(corpus, f"/api/v1/{operation}?q={quote(form.format(*given))}", word)


def values_of(corpus) -> dict[str, list[Any]]:
    """Hidden values, as the parameter of that name takes them."""
    words = [*corpus.secret.words("draft event slug")[:1], *corpus.secret.words("once deleted")[:1]]
    paths = [f"/temaer/{each}/" for each in words]
    return {"path": [*paths, *(f"/{each}/" for each in words)], "under": paths, "topic": corpus.secret.words(" topic")}


def test_every_parameter_answers_hidden_values_like_unknown_ones(corpus):
    values, asked = values_of(corpus), 0
    for path, parameters in operations(asking.schema(corpus.crawler)):
        required = [(each, each.get("example", "unknown")) for each in parameters if each.get("required")]
        for each in parameters:
            schema = each["schema"].get("items", each["schema"])
            if schema["type"] != "string" or each["name"] in ("cursor", "after"):
                continue
            for value in values.get(each["name"], corpus.secret.words("draft event title")):
                fixed = [(other, example) for other, example in required if other is not each]
                word = next(iter(corpus.secret.found(str(value).encode())))
                assert_like_unknown(corpus, address(path, [*fixed, (each, value)]), word)
                asked += 1
    assert asked > 100


def unknown_id(page_id: int) -> int:
    """With as many digits."""
    digits = len(str(page_id))
    known = {*Page.objects.values_list("pk", flat=True), *Document.objects.values_list("pk", flat=True)}
    return max(set(range(10 ** (digits - 1), 10**digits)) - known)


def test_ids_of_pages_that_never_were_public_are_unknown(corpus):
    for page in never_public(corpus):
        for url in (
            f"/api/v1/content/{page.pk}/",
            f"/api/v1/content/{page.pk}/?fields=title",
            f"/api/v1/content/?ids={page.pk}",
            f"/api/v1/search/?similar_to={page.pk}",
            f"/calendar/events/{page.pk}.ics",
            f"/calendar/networks/{page.pk}.ics",
        ):
            assert_like_unknown(corpus, url, page.pk, unknown_id(page.pk))
        assert corpus.crawler.get(f"/api/v1/content/{page.pk}/").status == 404


def test_paths_of_pages_that_never_were_public_are_unknown(corpus):
    for page in never_public(corpus):
        path = Page.objects.get(pk=page.pk).url_path.removeprefix("/home")
        word = next(iter(corpus.secret.found(path.encode())), "")
        if not word:
            continue  # a translation: it has the slug of the page that it is a copy of
        for url in (f"/api/v1/resolve/?path={path}", path, f"/api/v1/content/?under={path}"):
            assert_like_unknown(corpus, url, word)


def test_redirects_to_hidden_pages_are_not_there(corpus):
    for word in corpus.secret.words("redirect to"):
        for url in (f"/api/v1/resolve/?path=/{word}", f"/{word}"):
            assert_like_unknown(corpus, url, word)


def test_removed_pages_say_no_more_than_that_they_are_gone(corpus):
    for name, page in corpus.hidden.pages.items():
        if name.startswith("once "):
            answer = corpus.crawler.get(f"/api/v1/content/{page.pk}/")
            body = orjson.loads(answer.body)
            assert answer.status == 410, name
            assert set(body) == {*("type", "title", "status", "detail", "errors"), *GONE}
            assert (body["id"], body["content_type"], body["title"]) == (page.pk, page.content_spec.type, "Gone")
            assert corpus.json(f"/api/v1/content/?ids={page.pk}")["results"] == []
            assert_like_unknown(corpus, f"/api/v1/search/?similar_to={page.pk}", page.pk, unknown_id(page.pk))


GONE = ("id", "content_type", "path", "removed_at")


def test_hidden_files_are_not_there(corpus):
    unknown = corpus.crawler.get("/media/images/finnes-ikke.jpg")
    for path in _files(corpus):
        answer = corpus.crawler.get(f"/media/{quote(path)}")
        assert (answer.status, answer.headers, answer.body) == (404, unknown.headers, unknown.body), path


def _files(corpus) -> Iterator[str]:
    """Uploads of all pictures, renditions of the hidden ones, hidden files under each of their names."""
    from wagtail.documents import get_document_model

    yield from ContentImage.objects.values_list("file", flat=True)
    secret = ContentImage.objects.filter(title__startswith="xq")
    yield from ContentRendition.objects.filter(image__in=secret).values_list("file", flat=True)
    for document in get_document_model().objects.all():
        yield document.file.name
        if document.title.startswith("xq"):
            yield f"documents/{document.pk}/{document.filename}"


def test_totals_and_facets_count_what_is_public(corpus):
    found = corpus.json("/api/v1/search/?limit=100")
    listed = corpus.json("/api/v1/content/?limit=100")["results"]
    assert found["total"] == len(listed) == sum(each["count"] for each in found["facets"]["type"]["values"])
    for name, value in {"year": str(HIDDEN_YEAR), "municipality": HIDDEN_MUNICIPALITY, "county": "56"}.items():
        assert value not in [each["value"] for each in found["facets"][name]["values"]]
        assert corpus.json(f"/api/v1/search/?{name}={value}")["total"] == 0
        assert corpus.json(f"/api/v1/events/?{name}={value}")["results"] == []


def test_facet_that_is_asked_for_does_not_know_labels_of_removed_pages(corpus):
    for slug in corpus.secret.words("once unpublished slug"):
        assert_like_unknown(corpus, f"/api/v1/search/?topic={slug}", slug)
        assert_like_unknown(corpus, f"/sok/?topic={slug}", slug)


def test_forged_cursors_lead_to_nothing_hidden(corpus):
    public = {each["id"] for each in corpus.json("/api/v1/content/?limit=100")["results"]}
    for page in (*never_public(corpus)[::9], *list(corpus.hidden.pages.values())[-12:]):
        for order, value in (("title", "xq"), ("title", page.title), ("newest", "2030-01-01T00:00:00+01:00")):
            for id_ in (page.pk - 1, page.pk, page.pk + 1):
                for backward in (False, True):
                    cursor = cursors.encode(order, Cursor(value, id_, backward))
                    url = f"/api/v1/content/?order={order}&cursor={cursor}&limit=3"
                    answer = corpus.crawler.get(url)
                    assert {each["id"] for each in orjson.loads(answer.body)["results"]} <= public
                    assert not corpus.secret.found(answer.body) - corpus.secret.found(url.encode())


def undeclared() -> list[str]:
    """Names of columns and relations, with what an ORM would take after them; nothing of it is a parameter."""
    names = {field.name for model in TYPES.values() for field in model._meta.get_fields()}
    known = {"status", "kind", "attendance", "language", "locale", "type"}
    return sorted({*names, *(f"{name}__startswith" for name in sorted(names)[::5]), "live", "draft_title"} - known)


@pytest.mark.parametrize("path", ["/api/v1/content/", "/api/v1/events/", "/api/v1/search/", "/api/v1/search/suggest/"])
def test_what_is_not_declared_is_refused_whatever_the_data(corpus, path):
    word = corpus.secret.words("draft event title")[0]
    for name in undeclared():
        if name in ("order", "fields", "topics", "municipalities"):
            continue
        asked = corpus.crawler.get(f"{path}?{name}={word}")
        assert asked.status == 400, name
        assert asked == Answer(asked.url, *_rest(corpus.crawler.get(f"{path}?{name}={UNKNOWN}"))), name
    if path != "/api/v1/search/suggest/":
        for order in ("draft_title", "owner__email", "-id", "live", "?"):
            assert corpus.crawler.get(f"{path}?order={quote(order)}").status == 400
    if path in ("/api/v1/content/", "/api/v1/events/"):
        for fields in ("draft_title", "owner", "latest_revision", "comments", "title,live"):
            assert corpus.crawler.get(f"{path}?fields={fields}").status == 400


def _rest(answer: Answer) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    return answer.status, answer.headers, answer.body
