"""What search costs at 100,000 documents: both engines and Wagtail's database search, the same texts, one run.

    python -m tests.postgres python -m tests.elasticsearch python -m tests.bench.search [--documents 100000]

A few pages are made and published, the rest are copies of their rows; the texts that are searched are generated. With
DATABASE_URL of a PostgreSQL, Wagtail searches as many pages there. Prints Markdown; passes or fails nothing.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

PAGES = 200
BATCH = 500
WARM_S = 20.0
JAVA_WARM_S = 60.0
"""Of an engine in Java: it compiles what it is asked often, in the course of thousands of questions."""
FACETS = ("type", "topic", "municipality", "county", "year", "language")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=5.0, help="per figure of a request")
    elasticsearch = os.environ.get("SEARCH_URL", "")
    parser.add_argument("--elasticsearch", default=elasticsearch, help="SEARCH_URL of one; default: the environment's")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"FORMIDLE_DATA": data, "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "FORMIDLE_LOG": "ERROR"}
        os.environ |= {"PYTHONPATH": os.getcwd(), "SEARCH_URL": "tantivy:"}  # for the server as well
        run(arguments)


def run(arguments: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from cms.publishing.models import Document
    from search import service
    from tests.bench import clones, delivery, measure, pages, texts

    call_command("migrate", verbosity=0)
    section = pages.make_site()
    pages.make_articles(section, pages.make_images(20), 0, PAGES)
    delivery.publish()
    clones.grow(arguments.documents)
    versions = dict(Document.objects.filter(removed_at=None).order_by("pk").values_list("pk", "version"))
    site = Document.objects.values_list("site_id", flat=True)[0]
    asked = list(texts.queries(arguments.queries))

    print(f"\n## Search in {len(versions):,} documents ({delivery.where(measure)})\n")
    print("| indexed | seconds | documents/s | CPU ms each, in this process |\n| --- | ---: | ---: | ---: |")
    times: dict[str, list[float]] = {}
    engine = service.engine()
    index("embedded", engine, versions, site)
    memory = measure.Server(os.getpid(), 0).memory_mb()
    times["embedded, facets and 20 highlights"] = timed(searching(engine, site), asked)
    times["embedded, 32 misspelt words at once"] = timed(searching(engine, site), misspelt(asked))
    times["embedded, suggestions"] = timed(suggesting(engine, site), beginnings(asked))
    if arguments.elasticsearch:
        with service.throw_away(arguments.elasticsearch) as other:
            index("Elasticsearch", other, versions, site)
            times["Elasticsearch on loopback, facets and 20 highlights"] = timed(
                searching(other, site), asked, JAVA_WARM_S
            )
            times["Elasticsearch on loopback, suggestions"] = timed(suggesting(other, site), beginnings(asked))
    if connection.vendor == "postgresql":
        wagtail_pages(len(versions))
        times["Wagtail's database search, 20 pages and their number"] = timed(wagtail_searching(), asked[:20])
    print(f"\nMemory of the process that filled the embedded index, resident and its own, after that: {memory:.0f} MB.")
    print(f"\n| {arguments.queries} queries of one or two words | p50 ms | p95 ms |\n| --- | ---: | ---: |")
    for name, found in times.items():
        print(f"| {name} | {1000 * statistics.median(found):.1f} | {1000 * found[int(len(found) * 0.95) - 1]:.1f} |")
    engine.close()
    requests(arguments.seconds, asked, measure)


# -- engines ---------------------------------------------------------------------------------------------------------


def index(name: str, engine: Any, versions: dict[int, int], site: int) -> None:
    from search.contract import build

    start, cpu = time.perf_counter(), time.process_time()
    failed = build(engine, documents(versions, site))
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    if failed:
        raise RuntimeError(f"{len(failed)} documents were not indexed: {next(iter(failed.values()))}")
    count = len(versions)
    print(f"| {name} | {seconds:.0f} | {count / seconds:.0f} | {1000 * cpu / count:.2f} |", flush=True)


def documents(versions: dict[int, int], site: int) -> Iterator[list[Any]]:
    from datetime import UTC, datetime, timedelta

    from search.contract import Passage, SearchDocument
    from tests.bench import texts

    now = datetime(2026, 1, 1, tzinfo=UTC)
    batch = []
    for number, (id_, version) in enumerate(versions.items()):
        text, moment = texts.text(number), now - timedelta(hours=number)
        batch.append(
            SearchDocument(
                id=id_,
                version=version,
                site=site,
                type="news-article",
                language="nb",
                path=f"/{id_}/",
                title=text.title,
                sort_title=text.title.casefold(),
                passages=tuple(Passage("body", each) for each in text.paragraphs),
                keys=texts.keys(number),
                published=moment,
                starts=moment,
                ends=moment,
            )
        )
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def searching(engine: Any, site: int) -> Callable[[str], Any]:
    from search.contract import SearchQuery

    return lambda text: engine.search(SearchQuery(site=site, text=text, facets=FACETS))


def suggesting(engine: Any, site: int) -> Callable[[str], Any]:
    return lambda text: engine.suggest(site, text, 8)


def beginnings(asked: Sequence[str]) -> list[str]:
    """What has been typed when two, three, four … letters of a query are there."""
    return [text[: 2 + number % 6] for number, text in enumerate(asked)]


def misspelt(asked: Sequence[str]) -> list[str]:
    """As many words as are looked at, in each of which two letters are swapped."""
    from search.question import MAX_WORDS

    words = [word[:1] + word[2] + word[1] + word[3:] for text in asked for word in text.split() if len(word) > 3]
    return [" ".join(words[first : first + MAX_WORDS]) for first in range(0, len(words), MAX_WORDS)]


def timed(ask: Callable[[str], Any], asked: Sequence[str], warm_s: float = WARM_S) -> list[float]:
    """Seconds of each, the quickest first; after a while of the same, as a server is asked all day."""
    until = time.perf_counter() + warm_s
    while time.perf_counter() < until:
        for text in asked:
            ask(text)
    found = []
    for text in asked:
        start = time.perf_counter()
        ask(text)
        found.append(time.perf_counter() - start)
    return sorted(found)


# -- Wagtail ---------------------------------------------------------------------------------------------------------


def wagtail_pages(count: int) -> None:
    """As many articles as there are documents: rows copied from one, with the generated texts in Wagtail's index."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from modelsearch.conf import get_app_config
    from wagtail.models import Page

    from articles.models import NewsArticle
    from tests.bench import texts

    entries = get_app_config().get_model("IndexEntry")._meta.db_table
    article = NewsArticle.objects.order_by("pk").first()
    assert article is not None
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE given (id bigint, title text, body text)")
        with cursor.copy("COPY given FROM STDIN") as copy:
            for number in range(count):
                text = texts.text(number)
                copy.write_row((10_000_000 + number, text.title, " ".join(text.paragraphs)))
        own = {
            "id": "given.id",
            "title": "given.title",
            "draft_title": "given.title",
            "slug": "'kopi-' || given.id",
            "path": "substr(copied.path, 1, length(copied.path) - 4) || lpad(given.id::text, 8, '0')",
            "depth": "copied.depth + 1",
            "url_path": "copied.url_path || given.id || '/'",
            "translation_key": "gen_random_uuid()",
            "latest_revision_id": "NULL",
            "live_revision_id": "NULL",
        }
        _copy_rows(cursor, Page, own, article.pk)
        _copy_rows(cursor, NewsArticle, {"page_ptr_id": "given.id"}, article.pk)
        kind = ContentType.objects.get_for_model(NewsArticle).pk
        cursor.execute(f"DELETE FROM {entries}")
        cursor.execute(
            f"INSERT INTO {entries} (content_type_id, object_id, title_norm, title, body, autocomplete, title_text, "
            "body_text) SELECT %s, given.id::text, 1, setweight(to_tsvector(title), 'B'), "
            "setweight(to_tsvector(body), 'D'), setweight(to_tsvector(title), 'D'), title, body FROM given",
            [kind],
        )
        cursor.execute("VACUUM ANALYZE")


def _copy_rows(cursor: Any, model: Any, own: dict[str, str], original: int) -> None:
    fields = model._meta.local_concrete_fields
    columns = [field.column for field in fields]
    taken = ", ".join(own.get(name, f"copied.{name}") for name in columns)
    key = model._meta.pk.column
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
        f"SELECT {taken} FROM {model._meta.db_table} copied, given WHERE copied.{key} = %s",
        [original],
    )


def wagtail_searching() -> Callable[[str], Any]:
    from articles.models import NewsArticle

    def ask(text: str) -> tuple[int, list[Any]]:
        found = NewsArticle.objects.live().search(text, operator="or")
        return found.count(), list(found[:20])

    return ask


# -- requests --------------------------------------------------------------------------------------------------------


def requests(seconds: float, asked: Sequence[str], measure: Any) -> None:
    from urllib.parse import quote

    urls = {
        "constant view, 8 kB": ["/constant/"],
        "search, facets and 20 highlights": [f"/api/v1/search/?q={quote(text)}" for text in asked],
        "suggestions": [f"/api/v1/search/suggest/?q={quote(text)}" for text in beginnings(asked)],
    }
    with measure.serving("tests.bench.wsgi:application") as server:
        found = measure.in_turn([(server, measure.Asked(each)) for each in urls.values()], seconds)
        figures = dict(zip(urls, found, strict=True))
        memory = server.memory_mb()
    constant = figures["constant view, 8 kB"].cpu_ms
    print("\n| request, embedded engine | CPU ms | database ms | × constant view |\n| --- | ---: | ---: | ---: |")
    for name, figure in figures.items():
        print(f"| {name} | {figure.cpu_ms:.2f} | {figure.database_ms:.2f} | {figure.cpu_ms / constant:.1f} |")
    print(f"\nMemory of the web process, resident and its own, after that: {memory:.0f} MB. Load {measure.load()}.")


if __name__ == "__main__":
    main()
