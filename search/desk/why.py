"""“Why is this here?” in words: one page and one search, for people who write and not for those who program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from cms.publishing import reads
from cms.publishing.models import Parked
from cms.publishing.public import Publicness
from cms.publishing.reasons import translated
from search import analysis, service
from search.contract import SearchQuery
from search.explanation import TITLE, Explanation, Found
from search.models import QueryRule
from search.question import ask
from search.rules import key_of
from search.stopwords import STOP_WORDS


@dataclass(frozen=True, slots=True)
class Line:
    """A word that was searched for; ``found`` says in which ways the page has it, empty: not at all."""

    word: str
    score: float
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """
    verdict  the answer in one sentence
    good     whether visitors see the page
    reasons  further sentences
    gain     of ``score``: what the page has for being recent
    meaning  of ``score``: what it has for being near in meaning
    rule     the pinned results that belong to the search, if any
    """

    verdict: str
    good: bool
    reasons: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    score: float = 0.0
    gain: float = 0.0
    meaning: float = 0.0
    rule: QueryRule | None = None


def why(site: int, text: str, page: Page) -> Why:
    """Raises SearchError while the engine cannot answer."""
    title = page.get_admin_display_title()
    if hindrance := _hindrance(site, page):
        return Why(_("Visitors cannot find “%(page)s” at all.") % {"page": title}, False, (hindrance,))
    found = service.explain(SearchQuery(site, text), page.pk)
    rule = rule_for(site, text)
    if not found.indexed:
        return Why(
            _("“%(page)s” is not in the search index yet.") % {"page": title}, False, (_missing(page),), rule=rule
        )
    return Why(
        _verdict(found, title, text),
        found.shown,
        tuple(_reasons(found, site, text, page)),
        tuple(Line(each.word, each.score, tuple(_said(one, page) for one in each.found)) for each in found.words),
        found.score,
        found.gain,
        found.meaning,
        rule,
    )


def rule_for(site: int, text: str) -> QueryRule | None:
    key = key_of(ask(text))
    rows = QueryRule.objects.filter(site=site)
    return next((row for row in rows if key and key in {key_of(ask(line)) for line in row.lines()}), None)


def _hindrance(site: int, page: Page) -> str:
    """What keeps the page from everybody, whatever they search for; "" where nothing does."""
    publicness = Publicness()
    if not page.live:
        return _("It is not published.")
    root = publicness.site_of(page)
    if root is None or root.id != site:
        return _("It is not on this website.")
    if not publicness.is_public(page.specific):
        return _("It, or a page above it, is not open to everybody.")
    if reads.live_version(site, page.pk) is None:
        return _("It is about to be published, which takes a second or two. If it stays so, see Reports → Publishing.")
    return ""


def _missing(page: Page) -> str:
    if parked := Parked.objects.filter(consumer=service.PRIMARY, document_id=page.pk).first():
        return _("It could not be indexed: %(reason)s") % {"reason": translated(parked.reason)}
    return _("A page is indexed within a second or two. If it stays so, see Reports → Publishing.")


def _verdict(found: Explanation, title: str, text: str) -> str:
    names = {"page": title, "search": text, "place": found.place, "total": found.total}
    if found.place:
        return _("“%(page)s” is number %(place)s of %(total)s for “%(search)s”.") % names
    if found.shown:
        return _("“%(page)s” is among the %(total)s results for “%(search)s”, after the first hundred.") % names
    return _("“%(page)s” is not among the results for “%(search)s”.") % names


def _reasons(found: Explanation, site: int, text: str, page: Page) -> Iterator[str]:
    if found.hidden:
        yield _("It is left out, since it was chosen to come never for this search.")
    if found.pinned and found.shown:
        yield _("It is at the top, since it was chosen to come first for this search.")
        if not found.matches:
            yield _("Without that it would not be found: it does not have what is searched for.")
    for phrase in found.missing:
        yield _("It does not have “%(phrase)s” with these words one after another.") % {"phrase": phrase}
    for word in found.excluded:
        yield _("It has “%(word)s”, which the search leaves out with a minus.") % {"word": word}
    lacking = [each.word for each in found.words if not each.found]
    if lacking:
        said = ngettext(
            "It does not have this word: %(words)s.", "It does not have these words: %(words)s.", len(lacking)
        )
        yield said % {"words": ", ".join(lacking)}
    common = [word for word in dict.fromkeys(analysis.words(analysis.normalise(text))) if word in STOP_WORDS]
    if found.words and common and not STOP_WORDS.issuperset(each.word for each in found.words):
        yield _("Too common to be searched for: %(words)s.") % {"words": ", ".join(common)}
    if found.version < (reads.live_version(site, page.pk) or 0):
        yield _("The page has changed since; the search follows within a second or two.")


def _said(found: Found, page: Page) -> str:
    """``in another form: barnehagene – title, text (3)``"""
    ways = {
        "word": _("as it is"),
        "inflection": _("in another form"),
        "part": _("inside a compound"),
        "nynorsk": _("said otherwise in nynorsk"),
        "own-part": _("a part of it"),
        "correction": _("taken for “%(by)s”"),
        "synonym": _("by the synonym “%(by)s”"),
    }
    how = ways[found.how] % {"by": found.by} if found.by else ways[found.how]
    places = ", ".join(f"{_place(key, page)} ({n})" if n > 1 else _place(key, page) for key, n in found.places.items())
    return f"{how}: {', '.join(found.words)} – {places}" if places else f"{how}: {', '.join(found.words)}"


def _place(key: str, page: Any) -> str:
    if key == TITLE:
        return _("title")
    try:
        return str(page.specific_class._meta.get_field(key).verbose_name)
    except FieldDoesNotExist:
        return key
