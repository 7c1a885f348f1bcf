"""What every search engine must do. Subclass it with a fixture ``engine`` that gives an empty one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from search import embedding
from search.contract import Engine, IndexMissing, Passage, SearchDocument, SearchQuery, build
from search.rules import Chosen, Decision, Rules, Synonym

SITE = 1
NOW = datetime(2024, 6, 15, 12, 0, tzinfo=UTC)


def document(id: int, title: str = "", *body: str, **fields) -> SearchDocument:
    """A page of site 1, published on day ``id`` of 2024, unless told otherwise."""
    published = fields.pop("published", datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=id))
    starts = fields.pop("starts", published)
    defaults = {
        "version": 1,
        "site": SITE,
        "type": "page",
        "language": "nb",
        "path": f"/{id}/",
        "sort_title": title.lower(),
        "passages": tuple(Passage("body", text) for text in body),
        "keys": {},
        "ends": fields.get("ends", starts),
        "timed": False,
    }
    return SearchDocument(id=id, title=title, published=published, starts=starts, **{**defaults, **fields})


class EngineSuite:
    engine: Engine

    @pytest.fixture(autouse=True)
    def _engine(self, engine):
        self.engine = engine

    def ids(self, text: str = "", **query) -> list[int]:
        return [hit.id for hit in self.ask(text, **query).hits]

    def ask(self, text: str = "", **query):
        return self.engine.search(SearchQuery(**{"site": SITE, "text": text, "now": NOW, **query}))

    # What is found

    def test_inflections_find_each_other(self):
        self.engine.write([document(1, "Strategikonferansen"), document(2, "Møte", "To konferanser ble holdt")])
        assert self.ids("konferansen") == [2, 1]

    def test_compounds_are_found_by_their_parts_after_whole_words(self):
        self.engine.write(
            [document(1, "Arbeidslivskonferansen"), document(2, "Konferanser"), document(3, "Konferansier")]
        )
        assert self.ids("konferanse") == [2, 1]
        assert self.ids("arbeidsliv") == [1]
        assert self.ids('"konferanse"') == [2]
        assert self.ids("konferanse -arbeidslivskonferanse") == [2]

    def test_nynorsk_and_bokmaal_find_each_other(self):
        self.engine.write([document(1, "Kyrkjene i bygda", language="nn"), document(2, "Kirken i byen")])
        assert sorted(self.ids("kirke")) == sorted(self.ids("kyrkje")) == [1, 2]

    def test_misspelt_words_are_corrected_and_told(self):
        self.engine.write([document(1, "Barnehage"), document(2, "Blåbærtur")])
        answer = self.ask("barnehgae")
        assert [hit.id for hit in answer.hits] == [1]
        assert answer.did_you_mean == "barnehage"
        assert answer.hits[0].highlight.title == "<mark>Barnehage</mark>"
        assert self.ids("blabartur") == self.ids("blaabaertur") == [2]
        assert self.ask("barnehage").did_you_mean is None

    def test_accents_and_the_letters_of_neighbours_make_no_difference(self):
        self.engine.write(
            [
                document(1, "Kommunestyret i Kárášjohka"),
                document(2, "Besøk fra Malmö"),
                document(3, "Čoahkkin Guovdageainnus", language="se"),
                document(4, "Kafé i parken"),
                document(5, "Fôr til dyrene"),
            ]
        )
        assert self.ids("karasjohka") == self.ids("Kárášjohka") == [1]
        assert self.ids("malmø") == self.ids("Malmö") == [2]
        assert self.ids("coahkkin") == [3]
        assert self.ids("kafeen") == [4]
        assert self.ids("fôr") == [5]
        found = self.ask("karasjohka")
        assert (found.did_you_mean, found.hits[0].highlight.title) == (None, "Kommunestyret i <mark>Kárášjohka</mark>")

    def test_a_better_spelling_is_told_only_where_it_helps(self):
        self.engine.write(
            [
                document(1, "Barnehage", keys={"topic": ("skole",)}),
                document(2, "Kommunestyre og e-post", keys={"topic": ("styre",)}),
                document(3, "Fylkesting", site=2),
                document(4, "Pensum"),
            ]
        )
        self.engine.write([], {4: 2})
        skole, styre = (("topic", ("skole",)),), (("topic", ("styre",)),)
        assert self.ask("Barnehgae -Hamar", keys=skole).did_you_mean == "Barnehage -Hamar"
        assert self.ask("BARNEHGAE").did_you_mean == "BARNEHAGE"
        assert self.ask("barnehgae", keys=styre).did_you_mean is None
        assert self.ask("e-pots, takk").did_you_mean == "e-post, takk"
        assert self.ask("barne-hage hage").did_you_mean is None
        # a word that only another site or a removed page has is misspelt as well
        self.engine.write([document(5, "Fylkestinget"), document(6, "Penssum")])
        assert self.ask("Fylkestign", site=2).did_you_mean == "Fylkesting"
        assert self.ask("pensum").did_you_mean == "penssum"
        assert self.ask("hage", keys=skole).did_you_mean is None

    def test_a_phrase_that_is_nowhere_is_offered_without_its_quotes(self):
        self.engine.write([document(1, "En barnehage som er åpen")])
        answer = self.ask('"åpen barnehage"')
        assert (answer.total, answer.did_you_mean) == (0, "åpen barnehage")
        assert self.ask('"åpen barnehgae"').did_you_mean == "åpen barnehage"
        assert self.ask('"ganske annet"').did_you_mean is None
        assert self.ask('"barnehage som er"').did_you_mean is None

    def test_nothing_found_tells_which_filter_to_leave_out(self):
        self.engine.write(
            [
                document(1, "Flom", keys={"topic": ("vann",), "year": ("2024",)}),
                document(2, "Flom", keys={"topic": ("vann",), "year": ("2024",)}),
                document(3, "Flom", keys={"topic": ("skole",), "year": ("2023",)}),
                document(4, "Annet", keys={"topic": ("skole",), "year": ("2024",)}),
            ]
        )
        skole, later = (("topic", ("skole",)), ("year", ("2024",))), date(2030, 1, 1)
        answer = self.ask("flom", keys=skole)
        assert answer.total == 0
        assert [(each.field, each.total) for each in answer.broader] == [("topic", 2), ("year", 1)]
        assert [(each.field, each.total) for each in self.ask("flom", date_from=later).broader] == [("date_from", 3)]
        assert self.ask("flom", keys=skole, when=("now",)).broader == ()
        assert self.ask("flom").broader == self.ask("finnesikke", keys=skole).broader == ()

    def test_hyphens_make_no_difference(self):
        self.engine.write([document(1, "Ny e-post til alle"), document(2, "Epost og telefon")])
        assert sorted(self.ids("e-post")) == sorted(self.ids("epost")) == [1, 2]

    def test_nynorsk_english_and_other_languages_are_found_by_their_own_rules(self):
        self.engine.write(
            [
                document(1, "Kommunane samarbeider", language="nn"),
                document(2, "Municipal elections", language="en"),
                document(3, "Sámegiella skuvllas", language="se"),
            ]
        )
        assert self.ids("kommune") == [1]
        assert self.ids("election") == [2]
        assert self.ids("skuvllas") == [3]

    def test_unicode_forms_and_case_do_not_matter(self):
        self.engine.write([document(1, "Blåbær")])
        assert self.ids("BLA\u030aBÆR") == [1]

    def test_more_words_rank_higher_and_title_counts_more(self):
        self.engine.write(
            [
                document(1, "Annet", "Barnehagen i Hamar ligger ved elva"),
                document(2, "Annet", "Om Hamar og elva som renner der"),
                document(3, "Barnehagen i Hamar", "Den ligger ved elva"),
            ]
        )
        assert self.ids("barnehage hamar") == [3, 1, 2]

    def test_suggested_pages_of_one_instant_stand_by_id_the_last_one_first(self):
        self.engine.write([document(id_, "Lik side", published=NOW) for id_ in (3, 40, *range(10, 30), 2)])
        assert [each.id for each in self.engine.suggest(SITE, "lik", 3).pages] == [40, 29, 28]

    def test_ties_stand_by_id_across_pages(self):
        self.engine.write([document(id_, "Lik side") for id_ in range(200, 0, -1)])
        assert self.ids("side", limit=5) == [1, 2, 3, 4, 5]
        assert self.ids("side", limit=5, offset=100) == [101, 102, 103, 104, 105]
        assert self.ids("side", limit=5, offset=198) == [199, 200]
        assert self.ids("side", offset=10_000) == []

    def test_stop_words_alone_are_searched(self):
        self.engine.write([document(1, "Være eller ikke være"), document(2, "Noe annet")])
        assert self.ids("ikke") == [1]

    def test_phrase_has_to_be_there_and_excluded_word_may_not(self):
        self.engine.write(
            [
                document(1, "En", "åpen barnehage i byen"),
                document(2, "To", "barnehage som er åpen"),
                document(3, "Tre", "slutter med åpen", "barnehage begynner"),
            ]
        )
        assert self.ids('"åpen barnehager"') == [1]
        assert self.ids("barnehage -byen", order="oldest") == [2, 3]
        assert self.ids("-byen", order="oldest") == [2, 3]
        assert self.ids('barnehage -"åpen barnehage"', order="oldest") == [2, 3]

    def test_words_without_a_match_and_no_words_at_all(self):
        self.engine.write([document(1, "Noe")])
        assert self.ask("finnesikke").total == 0
        assert self.ask("?!").total == 0
        assert self.ask("   ").total == 1

    def test_sites_are_apart(self):
        self.engine.write([document(1, "Her"), document(2, "Her", site=2)])
        assert self.ids("her") == [1]
        assert self.ids("her", site=2) == [2]
        assert self.ids("her", site=3) == []

    @pytest.mark.parametrize(
        "text",
        [
            "x" * 100_000,
            "ord " * 200,
            "\0",
            "\ud800 \udfff",
            '"',
            '""',
            '"a" "',
            "-",
            "--a",
            '-"',
            "title:(a OR b)^2~ /re.*/ [a TO z] {x} \\",
            "\u202enegle\u200b\u200d",
            "𝕳𝖆𝖒𝖆𝖗 🐟",
            "İstanbul ß ŉ",
            "' OR 1=1 --",
        ],
    )
    def test_hostile_text_is_only_text(self, text):
        self.engine.write([document(1, "Hamar", "ord")])
        self.ask(text, facets=("type",), keys=(("topic", (text,)),), similar_to=2**80)
        self.ask(text)
        self.engine.suggest(SITE, text, 5)

    # Orders, filters, facets

    def test_orders(self):
        self.engine.write(
            [
                document(1, "C", starts=datetime(2024, 9, 1, tzinfo=UTC), timed=True),
                document(2, "A", starts=datetime(2024, 7, 1, tzinfo=UTC), timed=True),
                document(3, "B", starts=datetime(2024, 8, 1, tzinfo=UTC), timed=True),
            ]
        )
        assert self.ids() == [3, 2, 1]
        assert self.ids(order="oldest") == [1, 2, 3]
        assert self.ids(order="title") == [2, 3, 1]
        assert self.ids(order="soonest") == [2, 3, 1]
        assert self.ids(order="latest") == [1, 3, 2]
        assert self.ids(order="relevance") == [3, 2, 1]

    def test_pages_of_one_instant_stand_by_id_in_the_direction_of_the_order(self):
        self.engine.write([document(id_, "Lik", published=NOW) for id_ in (2, 1, 3)])
        assert self.ids(order="newest") == self.ids(order="latest") == [3, 2, 1]
        assert self.ids(order="oldest") == self.ids(order="soonest") == self.ids(order="title") == [1, 2, 3]
        assert self.ids("lik") == [1, 2, 3]

    def test_recent_pages_gain_a_little_where_asked_for(self):
        year = timedelta(days=365)
        self.engine.write(
            [
                document(1, "Flom", "flom og varsel", published=NOW - 8 * year),
                document(2, "Flom", "flom og varsel om", published=NOW - 2 * year),
                document(3, "Flom", "flom og varsel om mer", published=NOW - timedelta(days=2)),
                document(4, "Annet", "noe langt om helt andre ting som nevner flom til slutt", published=NOW),
            ]
        )
        assert self.ids("flom") == [1, 2, 3, 4]
        assert self.ids("flom", recency=0.2) == [3, 2, 1, 4]
        plain, raised = self.ask("flom").hits, self.ask("flom", recency=0.2).hits
        assert {hit.id: hit.score for hit in raised} == pytest.approx(
            {hit.id: hit.score * {1: 1.0, 2: 1.1, 3: 1.2, 4: 1.2}[hit.id] for hit in plain}, abs=2e-4
        )
        assert self.ask("flom", recency=0.2).total == 4
        assert self.ids(recency=0.2) == [4, 3, 2, 1]

    def test_keys_are_or_within_and_between(self):
        self.engine.write(
            [
                document(1, keys={"topic": ("skole", "helse"), "year": ("2023",)}),
                document(2, keys={"topic": ("skole",), "year": ("2024",)}),
                document(3, keys={"topic": ("kultur",), "year": ("2024",)}),
            ]
        )
        assert self.ids(keys=(("topic", ("helse", "kultur")),)) == [3, 1]
        assert self.ids(keys=(("topic", ("skole", "kultur")), ("year", ("2024",)))) == [3, 2]
        assert self.ids(keys=(("topic", ("finnes-ikke",)),)) == []
        assert self.ids(keys=(("unknown", ("x",)),)) == []

    def test_when_finds_only_pages_with_dates_of_their_own(self):
        day = timedelta(days=1)
        self.engine.write(
            [
                document(1, starts=NOW - 3 * day, ends=NOW - day, timed=True),
                document(2, starts=NOW - day, ends=NOW + day, timed=True),
                document(3, starts=NOW + day, ends=NOW + day, timed=True),
                document(4, starts=NOW - day),
                document(5, starts=NOW - day, ends=NOW, timed=True),
                document(6, starts=NOW, ends=NOW + day, timed=True),
            ]
        )
        assert self.ids(when=("past",)) == [5, 1]
        assert self.ids(when=("now",)) == [6, 2]
        assert self.ids(when=("upcoming",)) == [3]
        assert self.ids(when=("now", "upcoming"), order="soonest") == [2, 6, 3]

    def test_dates_are_inclusive_days_in_oslo_and_overlap(self):
        midnight = datetime(2024, 3, 10, 23, tzinfo=UTC)  # the end of 10 March in Oslo
        instant, days = timedelta(microseconds=1), timedelta(days=3)
        self.engine.write(
            [
                document(1, published=midnight - instant),
                document(2, published=midnight),
                document(3, starts=midnight - days, ends=midnight + days, timed=True),
                document(4, starts=midnight - days, ends=midnight, timed=True),
            ]
        )
        tenth = date(2024, 3, 10)
        assert self.ids(date_from=tenth, date_to=tenth, order="title") == [1, 3, 4]
        assert self.ids(date_from=date(2024, 3, 11), order="title") == [2, 3]
        assert self.ids(date_to=date(2024, 3, 8), order="title") == [3, 4]
        assert self.ids(date_from=date.min, date_to=date.max, order="title") == [1, 2, 3, 4]

    def test_facets_count_everything_but_their_own_filter(self):
        self.engine.write(
            [
                document(1, "Nytt", keys={"topic": ("skole", "helse"), "type": ("news",)}),
                document(2, "Nytt", keys={"topic": ("skole",), "type": ("event",)}),
                document(3, "Nytt", keys={"topic": ("kultur",), "type": ("event",)}),
                document(4, "Annet", keys={"topic": ("kultur",), "type": ("event",)}),
            ]
        )
        answer = self.ask("nytt", keys=(("type", ("event",)),), facets=("topic", "type", "year"), limit=1)
        assert answer.total == 2
        assert answer.facets["topic"].values == (("kultur", 1), ("skole", 1))
        assert answer.facets["type"].values == (("event", 2), ("news", 1))
        assert answer.facets["year"].values == ()

    def test_facets_show_fifty_values_and_the_selected_ones(self):
        self.engine.write([document(id_, keys={"topic": (f"t{id_:02}",)}) for id_ in range(1, 61)])
        facet = self.ask(keys=(("topic", ("t60", "unknown")),), facets=("topic",)).facets["topic"]
        assert len(facet.values) == 52
        assert facet.values[-2:] == (("t60", 1), ("unknown", 0))
        assert facet.more

    # Highlights, similar pages, suggestions

    def test_highlights_mark_inflections_and_escape(self):
        self.engine.write([document(1, "Barnehager & skoler", "Den nye <b>barnehagen</b> åpner.", "Uten treff.")])
        highlight = self.ask("barnehage").hits[0].highlight
        assert highlight.title == "<mark>Barnehager</mark> &amp; skoler"
        assert highlight.body == ("Den nye &lt;b&gt;<mark>barnehagen</mark>&lt;/b&gt; åpner.",)

    def test_whatever_a_word_is_found_by_is_marked_as_a_whole_word(self):
        self.engine.write(
            [
                document(1, "Arbeidslivskonferansen", "Kyrkja i bygda", "Blåbær og blåbær", language="nn"),
                document(2, "Åpen dag", "En åpen barnehage er åpen for alle, og åpen barnehage."),
            ]
        )
        for text in ("konferanse", "arbeidsliv", "konferansene", "arbeidslivskonfernasen"):
            assert self.ask(text).hits[0].highlight.title == "<mark>Arbeidslivskonferansen</mark>", text
        assert self.ask("kirke").hits[0].highlight.body == ("<mark>Kyrkja</mark> i bygda",)
        marked = ("<mark>Blåbær</mark> og <mark>blåbær</mark>",)
        assert self.ask("blåbær").hits[0].highlight.body == self.ask("blabar").hits[0].highlight.body == marked
        phrase = self.ask('"åpen barnehage"').hits[0].highlight
        assert phrase.title is None
        both = "<mark>åpen</mark> <mark>barnehage</mark>"
        assert phrase.body == (f"En {both} er åpen for alle, og {both}.",)

    def test_words_of_the_same_stem_are_marked_for_a_correction_and_for_a_synonym(self):
        self.engine.write([document(1, "Kurs om ledelse"), document(2, "Nye ledere"), document(3, "Sjef")])
        rules = Rules.of([Synonym(("sjef",), (("ledelse",),))])
        for answer in (self.ask("ledelsse"), self.ask("sjef", rules=rules)):
            titles = {hit.id: hit.highlight.title for hit in answer.hits}
            assert (titles[1], titles[2]) == ("Kurs om <mark>ledelse</mark>", "Nye <mark>ledere</mark>")
        assert [each.how for word in self.explain("ledelsse", 2).words for each in word.found] == ["correction"]

    def test_misspelt_part_of_a_compound_is_corrected_where_no_page_has_the_word_alone(self):
        self.engine.write([document(1, "Tilgjengelighetserklæring"), document(2, "Universell utforming")])
        answer = self.ask("tilgjengelihet")
        assert [hit.highlight.title for hit in answer.hits] == ["<mark>Tilgjengelighetserklæring</mark>"]
        assert answer.did_you_mean == "tilgjengelighet"
        assert self.ask("barnehgae").hits == (), "no page has barnehage in any way"

    def test_a_hyphenated_word_is_marked_whole_for_those_who_write_it_in_one(self):
        self.engine.write([document(1, "Send e-post", "Post til A-laget & andre"), document(2, "IKT-avdelingen")])
        self.engine.write([document(3, "Covid-19-tiltakene")])
        for text in ("epost", "e-post", "eposten"):
            assert self.ask(text).hits[0].highlight.title == "Send <mark>e-post</mark>", text
        assert self.ask("post").hits[0].highlight.title == "Send e-<mark>post</mark>"
        assert self.ask("alaget").hits[0].highlight.body == ("Post til <mark>A-laget</mark> &amp; andre",)
        assert self.ask("covid19").hits[0].highlight.title == "<mark>Covid-19</mark>-tiltakene"
        assert self.ask("iktavdeling").hits[0].highlight.title == "<mark>IKT-avdelingen</mark>"
        assert [each.how for word in self.explain("epost", 1).words for each in word.found] == ["word"]

    def test_a_number_in_groups_and_in_one_find_each_other(self):
        self.engine.write(
            [
                document(1, "Ring 62\u00a000 08 80 eller 625 40 000"),
                document(2, "Tilskudd", "Opptil 1 250 000 kroner i 2026, for 987 654 321"),
                document(3, "Tlf. 99887766"),
            ]
        )
        assert self.ask("62000880").hits[0].highlight.title == "Ring <mark>62\u00a000 08 80</mark> eller 625 40 000"
        assert self.ids("62540000") == [1]
        assert self.ids("625 40 000") == [1, 2], "both have the last three digits"
        assert self.ask("987654321").hits[0].highlight.body[0].endswith("for <mark>987 654 321</mark>")
        assert self.ids("1250000") == [2]
        assert self.ids("99 88 77 66")[0] == 3
        assert self.ids("2026987") == []

    def test_letters_that_a_pdf_has_as_one_are_found_and_shown_as_several(self):
        self.engine.write([document(1, "O\ufb03sielle \ufb02aggdager")])
        assert self.ask("flaggdag").hits[0].highlight.title == "Offisielle <mark>flaggdager</mark>"

    def test_no_text_no_highlights(self):
        self.engine.write([document(1, "Barnehager", "tekst")])
        assert self.ask().hits[0].highlight.title is None
        assert self.ask().hits[0].highlight.body == ()

    def test_similar_shares_telling_words(self):
        self.engine.write(
            [
                document(1, "Likestilling i arbeidslivet", "Kommunene samarbeider om likestilling"),
                document(2, "Arbeidet for likestilling", "Flere kommuner er med på likestilling i arbeidslivet"),
                document(3, "Flom i elva", "Kommunene varsler"),
                document(4, "Bibliotek"),
            ]
        )
        assert self.ids(similar_to=1)[0] == 2
        assert 1 not in self.ids(similar_to=1)
        assert 4 not in self.ids(similar_to=1)
        assert self.ids(similar_to=99) == []
        assert self.ids("flom", similar_to=1) == [3]

    def test_suggests_pages_by_title_and_completes_words(self):
        self.engine.write(
            [
                document(1, "Om barnehager", "barnehagen barnehageplass"),
                document(2, "Barnehageopptak 2024", "barnehagen"),
                document(3, "Barne- og ungdomsråd"),
                document(4, "Barnehager", site=2),
            ]
        )
        found = self.engine.suggest(SITE, "BARNEh", 5)
        assert [page.id for page in found.pages] == [2, 1]
        assert found.pages[0].title == "Barnehageopptak 2024"
        assert found.completions[0] == "barnehagen"
        assert "barnehageplass" in found.completions
        assert [page.id for page in self.engine.suggest(SITE, "ungd barn", 5).pages] == [3]
        assert self.engine.suggest(SITE, "om barneh", 5).completions[0] == "om barnehagen"
        assert len(self.engine.suggest(SITE, "barn", 1).pages) == 1
        assert self.engine.suggest(SITE, "", 5).pages == ()

    # What communicators decide

    def test_synonym_finds_after_the_word_itself_and_is_marked(self):
        self.engine.write(
            [document(1, "Barnehage"), document(2, "Leikskule"), document(3, "Leikskulane"), document(4, "Skole")]
        )
        rules = Rules.of([Synonym(("barnehage",), (("leikskule",),))])
        assert self.ids("barnehager", rules=rules) == [1, 2, 3]
        assert self.ids("leikskule", rules=rules) == [2, 3]
        assert self.ids("barnehage") == [1]
        assert self.ask("barnehage", rules=rules).hits[1].highlight.title == "<mark>Leikskule</mark>"

    def test_synonyms_of_several_words_stand_one_after_another(self):
        self.engine.write(
            [document(1, "Skolefritidsordning"), document(2, "Skole. Fritid"), document(3, "Skolens fritid er slutt")]
        )
        rules = Rules.of(
            [
                Synonym(("sfo",), (("skolefritidsordning",), ("skole", "fritid"))),
                Synonym(("nav", "kontor"), (("ordning",),)),
            ]
        )
        assert set(self.ids("søke sfo", rules=rules)) == {1, 2, 3}
        assert set(self.ids("nav kontor", rules=rules)) == {1}
        assert self.ids("kontor nav", rules=rules) == []
        marked = {hit.id: hit.highlight.title for hit in self.ask("sfo", rules=rules).hits}
        assert marked[3] == "<mark>Skolens</mark> <mark>fritid</mark> er slutt"
        self.engine.write([document(4, "Fritid på skole", "SFO")])
        marked = {hit.id: hit.highlight.title for hit in self.ask("sfo", rules=rules).hits}
        assert marked.keys() == {1, 2, 3, 4}
        assert marked[4] is None, "the words stand apart"
        self.engine.write([document(4, "Fritid på skole", version=2)])
        assert 4 not in self.ids("sfo", rules=rules)

    def test_synonym_of_a_language_finds_texts_of_that_language_only(self):
        nynorsk = document(2, "Leikskule", language="nn", keys={"language": ("nn",)})
        self.engine.write([document(1, "Leikskule", keys={"language": ("nb",)}), nynorsk])
        rules = Rules.of([Synonym(("sfo",), (("leikskule",),), "nn")])
        assert self.ids("sfo", rules=rules) == [2]

    def test_word_with_a_synonym_is_not_taken_for_a_misspelt_one(self):
        self.engine.write([document(1, "Konferanse"), document(2, "Samling")])
        rules = Rules.of([Synonym(("konferanze",), (("samling",),))])
        assert self.ask("konferanze").did_you_mean == "konferanse"
        found = self.ask("konferanze", rules=rules)
        assert (found.did_you_mean, [hit.id for hit in found.hits]) == (None, [2])

    def test_pinned_pages_come_first_and_every_page_comes_once(self):
        self.engine.write([document(id_, "Barnehage", keys={"topic": ("a",)}) for id_ in range(1, 8)])
        self.engine.write([document(8, "Satser", keys={"topic": ("b",)}), document(9, "På et annet nettsted", site=2)])
        decision = Decision(pinned=(Chosen(8), Chosen(9), Chosen(99), Chosen(5), Chosen(8)))
        rules = Rules.of((), [("Barnehagen?", decision)])
        found = self.ask("barnehager", rules=rules, facets=("topic",))
        assert [hit.id for hit in found.hits] == [8, 5, 1, 2, 3, 4, 6, 7]
        assert [hit.pinned for hit in found.hits] == [True, True, *6 * [False]]
        assert found.total == 8
        assert found.facets["topic"].values == (("a", 7), ("b", 1))
        pages = [self.ask("barnehage", rules=rules, limit=3, offset=offset) for offset in (0, 3, 6, 9)]
        assert [[hit.id for hit in page.hits] for page in pages] == [[8, 5, 1], [2, 3, 4], [6, 7], []]
        assert {page.total for page in pages} == {8}
        assert self.ids("barnehage", rules=rules, limit=1, offset=1) == [5]
        assert self.ids("barnehage", rules=rules, keys=(("topic", ("a",)),)) == [5, 1, 2, 3, 4, 6, 7]
        assert self.ids("barnehage", rules=rules, order="oldest") == [1, 2, 3, 4, 5, 6, 7, 8]
        for other in ("barnehage pris", "barnehage -pris", ""):
            assert 8 not in [hit.id for hit in self.ask(other, rules=rules).hits if hit.pinned]

    def test_hidden_pages_never_come_for_their_question(self):
        self.engine.write([document(id_, "Barnehage", keys={"topic": ("a",)}) for id_ in (1, 2, 3)])
        decision = Decision(pinned=(Chosen(1), Chosen(2)), hidden=(Chosen(1),))
        rules = Rules.of((), [("barnehage", decision)])
        found = self.ask("barnehage", rules=rules, facets=("topic",))
        assert ([hit.id for hit in found.hits], found.total) == ([2, 3], 2)
        assert found.facets["topic"].values == (("a", 2),)
        assert self.ids("barnehage", rules=rules, order="newest") == [3, 2]
        assert 1 in self.ids("barnehage plass", rules=rules)

    def test_decisions_hold_for_their_days(self):
        self.engine.write([document(1, "Barnehage"), document(2, "Barnehage"), document(3, "Barnehage")])
        day = NOW.date()
        over, coming = day - timedelta(days=1), day + timedelta(days=1)
        for first, last, ids in (
            (day, day, [3, 1, 2]),
            (None, over, [1, 2, 3]),
            (coming, None, [1, 2, 3]),
            (over, coming, [3, 1, 2]),
        ):
            rules = Rules.of((), [("barnehage", Decision(pinned=(Chosen(3, first, last),)))])
            assert self.ids("barnehage", rules=rules) == ids

    def suggested(self, text: str) -> list[int]:
        return [page.id for page in self.engine.suggest(SITE, text, 5).pages]

    def test_suggests_titles_that_begin_so_before_those_with_words_that_do_before_those_with_parts(self):
        self.engine.write(
            [
                document(1, "Konferanse om skole"),
                document(2, "Årets konferanse"),
                document(3, "Arbeidslivskonferansen"),
                document(4, "Andre konserter"),
            ]
        )
        assert self.suggested("konf") == [1, 2, 3]
        assert self.suggested("årets konf") == [2]
        assert self.suggested("livskonf") == []

    def test_suggests_what_is_meant_by_letters_without_ring_and_stroke_and_with_or_without_hyphens(self):
        self.engine.write(
            [document(1, "Blåbærtur til Østerdalen"), document(2, "Ny e-post"), document(3, "Epost og telefon")]
        )
        assert self.suggested("blab") == self.suggested("blaab") == self.suggested("BLÅB") == [1]
        assert self.suggested("oster") == self.suggested("oesterd") == [1]
        assert self.suggested("e-po") == [2, 3]
        assert self.suggested("epo") == [3, 2]
        assert self.engine.suggest(SITE, "blaab", 5).completions == ("blåbærtur",)
        assert self.engine.suggest(SITE, "E-pos", 5).completions == ("E-post",)

    def test_suggests_sami_letters(self):
        self.engine.write([document(1, "Sámi giellaguovddáš", "čálli", language="se")])
        assert self.suggested("Sám") == self.suggested("sam") == self.suggested("GIELLAGUOVDDÁ") == [1]
        assert self.engine.suggest(SITE, "čál", 5).completions == ("čálli",)
        assert self.engine.suggest(SITE, "cal", 5).completions == ("čálli",)

    def test_one_wrong_letter_is_forgiven_after_three_where_nothing_begins_as_typed(self):
        self.engine.write([document(1, "Arbeidslivskonferansen"), document(2, "Noe annet", "en konferanse")])
        for typed in ("konfre", "konferamse", "konnfer", "kofnerans"):
            found = self.engine.suggest(SITE, typed, 5)
            assert ([page.id for page in found.pages], found.completions) == ([1], ("konferanse",)), typed
        assert self.engine.suggest(SITE, "kmn", 5).completions == ()
        assert self.engine.suggest(SITE, "en konfre", 5).completions == ("en konferanse",)
        self.engine.write([document(3, "Konfrontasjon")])
        found = self.engine.suggest(SITE, "konfr", 5)
        assert ([page.id for page in found.pages], found.completions) == ([3], ("konfrontasjon",))

    def test_suggests_nothing_of_removed_pages_and_of_other_sites(self):
        self.engine.write(
            [document(1, "Hemmelig", "hemmeligheten"), document(2, "Heme", site=2), document(3, "Hemsedal")]
        )
        self.engine.write([], {1: 2})
        for typed in ("he", "hemm", "hemme", "hemmeligx", "heme"):
            found = self.engine.suggest(SITE, typed, 5)
            assert {page.id for page in found.pages} <= {3}
            assert set(found.completions) <= {"hemsedal"}

    # Explanations

    def explain(self, text: str, id: int, **query):
        return self.engine.explain(SearchQuery(**{"site": SITE, "text": text, "now": NOW, **query}), id)

    def test_explanation_tells_how_each_word_was_found_where_and_what_it_gave(self):
        texts = ("Barnehager i byen", "Leikskulen tek opp born. Konferansen er over.")
        self.engine.write(
            [
                document(1, "Arbeidslivskonferansen og barnehage", *texts),
                document(2, "Kyrkja", "Ei kyrkje", language="nn"),
                document(3, "Konferanse"),
            ]
        )
        rules = Rules.of([Synonym(("barnehage",), (("leikskule",),)), Synonym(("nav", "kontor"), (("byen",),))])
        found = self.explain("barnehage konferanse", 1, rules=rules)
        barnehage, konferanse = found.words
        assert [(each.how, each.by, each.words, dict(each.places)) for each in barnehage.found] == [
            ("word", "", ("barnehage",), {"title": 1}),
            ("inflection", "", ("barnehager",), {"body": 1}),
            ("synonym", "leikskule", ("leikskulen",), {"body": 1}),
        ]
        assert [(each.how, each.words) for each in konferanse.found] == [
            ("inflection", ("konferansen",)),
            ("part", ("arbeidslivskonferansen",)),
        ]
        assert found.score == pytest.approx(barnehage.score + konferanse.score, abs=0.01)
        assert (found.matches, found.shown, found.place, found.total) == (True, True, 1, 2)
        [kirke] = self.explain("kirke", 2).words
        assert {each.how for each in kirke.found} == {"nynorsk"}
        [wrong] = self.explain("konferanze", 3).words
        assert [(each.how, each.by) for each in wrong.found] == [("correction", "konferanse")]
        assert self.explain("nav kontor", 1, rules=rules).words[-1].found[0].by == "byen"
        newer = self.explain("barnehage", 1, recency=1.0)
        assert newer.gain == pytest.approx(newer.score / 2, abs=0.01)

    def test_explanation_tells_why_a_document_is_not_found(self):
        self.engine.write([document(1, "Barnehage i Lillehammer"), document(2, "Barnehage", site=2)])
        assert not self.explain("barnehage", 9).indexed
        assert not self.explain("barnehage", 2).indexed
        found = self.explain("rullator", 1)
        assert (found.indexed, found.matches, found.place, [each.found for each in found.words]) == (
            True,
            False,
            None,
            [()],
        )
        found = self.explain('"lillehammer barnehage" -barnehage', 1)
        assert (found.missing, found.excluded, found.shown) == (("lillehammer barnehage",), ("barnehage",), False)
        hidden = Rules.of((), [("barnehage", Decision(hidden=(Chosen(1),)))])
        found = self.explain("barnehage", 1, rules=hidden)
        assert (found.matches, found.shown, found.hidden) == (True, False, True)
        pinned = Rules.of((), [("rullator", Decision(pinned=(Chosen(1),)))])
        found = self.explain("rullator", 1, rules=pinned)
        assert (found.matches, found.shown, found.pinned, found.place) == (False, True, True, 1)

    # Writing

    def test_writing_again_replaces_and_removing_twice_is_no_error(self):
        self.engine.write([document(1, "Gammel")])
        self.engine.write([document(1, "Ny", version=2)])
        self.engine.write([document(1, "Ny", version=2)])
        assert self.ids("gammel") == []
        assert self.ids("ny") == [1]
        self.engine.write([], {1: 3})
        self.engine.write([], {1: 3})
        assert self.ids("ny") == []
        assert self.engine.versions() == {}

    def test_older_version_never_wins_unless_forced(self):
        self.engine.write([document(1, "Ny", version=3)])
        assert self.engine.write([document(1, "Gammel", version=2), document(2, "To")]).outdated == {1}
        assert self.engine.versions() == {1: 3, 2: 1}
        assert self.ids("ny") == [1]
        self.engine.write([document(1, "Gammel", version=2)], force=True)
        assert self.engine.versions() == {1: 2, 2: 1}

    def test_newest_version_of_a_batch_wins(self):
        self.engine.write([document(1, "Ny", version=2), document(1, "Gammel", version=1)])
        assert self.ids("ny") == [1]

    def test_one_that_cannot_be_indexed_does_not_stop_the_rest(self):
        written = self.engine.write([document(1, "En", keys={"not a name": ("x",)}), document(2, "To")])
        assert set(written.failed) == {1}
        assert self.engine.versions() == {2: 1}

    def test_tombstone_of_an_older_version_removes_nothing_unless_forced(self):
        self.engine.write([document(1, version=3), document(2, version=3)])
        assert self.engine.write([], {1: 2, 2: 4}).outdated == {1}
        assert self.engine.versions() == {1: 3}
        self.engine.write([], {1: 2}, force=True)
        assert self.engine.versions() == {}

    # Generations

    def test_build_replaces_everything(self):
        self.engine.write([document(1, "Gammel"), document(2, "Gammel")])
        before = self.engine.state()
        build(self.engine, [[document(2, "Ny", version=2)], [document(3, "Ny")]])
        assert self.engine.is_current()
        assert self.engine.versions() == {2: 2, 3: 1}
        assert self.engine.state().name != before.name
        assert self.engine.state().documents == 2
        assert self.engine.state().fingerprint == self.engine.fingerprint()
        self.engine.write([document(4, "Ny")])
        assert self.ids("ny", order="oldest") == [2, 3, 4]

    def test_interrupted_build_leaves_the_old_index_and_goes_on(self):
        self.engine.write([document(1, "Gammel")])

        def batches():
            yield [document(2, "Ny")]
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            build(self.engine, batches())
        assert self.engine.versions() == {1: 1}
        self.engine.fill([document(3, "Ny")])
        self.engine.switch()
        assert self.engine.versions() == {2: 1, 3: 1}

    def test_candidate_is_read_on_its_own(self):
        self.engine.write([document(1, "Gammel")])
        assert self.engine.candidate() is None
        self.engine.begin()
        self.engine.fill([document(2, "Ny")])
        candidate = self.engine.candidate()
        assert [hit.id for hit in candidate.search(SearchQuery(SITE, "ny")).hits] == [2]
        assert [page.id for page in candidate.suggest(SITE, "ny", 5).pages] == [2]
        assert candidate.versions() == {2: 1}
        assert candidate.state().documents == 1
        assert candidate.state().name != self.engine.state().name
        assert self.ids() == [1]
        assert self.engine.suggest(SITE, "ny", 5).pages == ()

    def test_what_is_written_meanwhile_is_in_both(self):
        self.engine.write([document(1, "Gammel"), document(2, "Gammel"), document(3, "Gammel")])
        self.engine.begin()
        self.engine.fill([document(1, "Gammel")])
        self.engine.write([document(1, "Ny", version=2), document(4, "Ny")], {2: 2})
        assert self.ids("ny", order="oldest") == [1, 4]
        assert self.engine.candidate().versions() == {1: 2, 4: 1}
        self.engine.fill([document(3, "Gammel")])
        self.engine.switch()
        assert self.engine.versions() == {1: 2, 3: 1, 4: 1}
        assert self.engine.candidate() is None

    def test_what_was_read_before_a_write_does_not_come_back_by_a_fill(self):
        self.engine.write([document(1, "Gammel"), document(2, "Gammel")])
        self.engine.begin()
        read_before = [document(1, "Gammel"), document(2, "Gammel")]
        self.engine.write([document(1, "Ny", version=3)], {2: 2})
        assert self.engine.fill(read_before) == {}
        assert self.engine.candidate().versions() == {1: 3}
        assert self.engine.write([document(1, "Gammel", version=2)]).outdated == {1}
        self.engine.fill([document(2, "Igjen", version=3)])
        self.engine.switch()
        assert self.engine.versions() == {1: 3, 2: 3}

    def test_dropped_candidate_leaves_everything_as_it_was(self):
        self.engine.write([document(1, "Gammel")])
        before = self.engine.state()
        self.engine.begin()
        self.engine.fill([document(2, "Ny")])
        self.engine.drop()
        self.engine.drop()
        assert self.engine.candidate() is None
        assert self.engine.state() == before
        with pytest.raises(IndexMissing):
            self.engine.fill([document(2)])
        with pytest.raises(IndexMissing):
            self.engine.switch()
        self.engine.write([document(3)])
        assert self.engine.versions() == {1: 1, 3: 1}

    def test_one_that_cannot_be_filled_does_not_stop_the_rest(self):
        self.engine.begin()
        assert set(self.engine.fill([document(1, keys={"not a name": ("x",)}), document(2)])) == {1}
        assert self.engine.candidate().versions() == {2: 1}

    def test_beginning_again_begins_from_nothing(self):
        self.engine.begin()
        self.engine.fill([document(1)])
        self.engine.begin()
        assert self.engine.candidate().versions() == {}


class MeaningSuite:
    """What an engine that keeps vectors does with them besides. Fixture ``engine``, and the model of the extra."""

    engine: Engine
    PAGES = (
        document(
            1, "Råd til foreldre", "Vask motoren, fyll frostvæske og skift til piggdekk", keys={"topic": ("bil",)}
        ),
        document(
            2, "Råd til foreldre", "Feber, hoste og utslett hos de minste går oftest over", keys={"topic": ("helse",)}
        ),
        document(3, "Legevakten", "Åpent hele døgnet", keys={"topic": ("helse",)}),
    )
    ILL, CAR = "råd når gutten er syk", "råd når kjøretøyet står"

    @pytest.fixture(autouse=True)
    def _engine(self, e5, engine):
        self.engine = engine
        engine.write(self.PAGES)

    def ids(self, text: str, **query) -> list[int]:
        return [hit.id for hit in self.ask(text, **query).hits]

    def ask(self, text: str, **query):
        return self.engine.search(SearchQuery(**{"site": SITE, "text": text, "now": NOW, **query}))

    def test_of_pages_that_words_find_alike_the_nearer_in_meaning_comes_first(self):
        assert (self.ids(self.ILL), self.ids(self.CAR)) == ([2, 1], [1, 2])

    def test_words_alone_decide_what_is_found_and_meaning_only_in_which_order(self):
        answer = self.ask(self.ILL, facets=("topic",), limit=1)
        assert (answer.total, answer.facets["topic"].values) == (2, (("bil", 1), ("helse", 1)))
        assert self.ids(self.ILL, limit=1, offset=1) == [1]
        assert self.ids(self.ILL, keys=(("topic", ("bil",)),)) == [1]
        assert self.ids(self.ILL, order="oldest") == [1, 2]
        assert self.ids(f'{self.ILL} "skift til piggdekk"') == [1]
        assert self.ids(f"{self.ILL} -feber") == [1]
        assert self.ids("sykdom") == []

    def test_an_explanation_tells_what_meaning_gave(self):
        near, far = (self.engine.explain(SearchQuery(SITE, self.ILL, now=NOW), id_) for id_ in (2, 1))
        assert (near.place, far.place, far.meaning) == (1, 2, 0)
        given = sum(each.score for each in near.words) + near.meaning
        assert near.meaning > 0 < far.score < near.score == pytest.approx(given, abs=1e-3)
        assert near.score == self.ask(self.ILL).hits[0].score

    def test_vectors_follow_their_documents(self):
        first, second, _ = self.PAGES
        self.engine.write(
            [replace(first, version=2, passages=second.passages), replace(second, version=2, passages=first.passages)]
        )
        assert self.ids(self.ILL) == [1, 2]
        self.engine.write([], {1: 3})
        assert self.ids(self.ILL) == [2]
        build(self.engine, [self.PAGES])
        assert self.ids(self.ILL) == [2, 1]

    def test_what_is_written_meanwhile_has_its_vector_in_both(self):
        self.engine.begin()
        self.engine.fill(self.PAGES[2:])
        self.engine.write([replace(each, version=2) for each in self.PAGES[:2]])
        assert self.ids(self.ILL) == [2, 1]
        self.engine.switch()
        assert (self.ids(self.ILL), self.ids(self.CAR)) == ([2, 1], [1, 2])

    def moves_on(self, engine: Engine) -> None:
        """``engine``: as it is opened by a process with another embedder."""
        asked = SearchQuery(SITE, self.ILL)
        assert not engine.is_current()
        engine.write([replace(each, version=2) for each in self.PAGES])
        assert [hit.id for hit in engine.search(asked).hits] == [1, 2]
        build(engine, [self.PAGES])
        assert engine.is_current()
        assert [hit.id for hit in engine.search(asked).hits] == [2, 1]

    def test_without_its_model_search_goes_by_words(self, monkeypatch, caplog):
        def fail(*_):
            raise RuntimeError("the model is gone")

        monkeypatch.setattr(embedding.embedder(), "query", fail)
        monkeypatch.setattr(embedding.embedder(), "documents", fail)
        assert self.ids(f"{self.ILL} i dag") == [1, 2]
        assert self.engine.write([document(4, "Råd til alle")]).failed == {}
        assert 4 in self.ids("råd")
        assert "by its words alone" in caplog.text
        assert "indexed without vectors" in caplog.text
