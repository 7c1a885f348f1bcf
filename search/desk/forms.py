"""What communicators may write, and what is said when it cannot work."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Site

from search import analysis
from search.desk import words
from search.question import QUOTES, ask, without_quotes
from search.rules import key_of, terms_of
from search.stopwords import STOP_WORDS

MOST = 50
LONGEST = 100


class OfOneSite(WagtailAdminModelForm):  # type: ignore[misc]
    """Where there is one website only, nobody is asked which."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "site" in self.fields and Site.objects.count() < 2:
            del self.fields["site"]


class SynonymForm(OfOneSite):
    def clean_word(self) -> str:
        word = without_quotes(self.cleaned_data["word"])  # as it stands in a search that is put right
        _check_words(word)
        return word

    def clean_others(self) -> str:
        others = words.split(QUOTES.sub(" ", self.cleaned_data["others"]))
        if len(others) > MOST:
            raise ValidationError(_("At most %(most)s synonyms are possible.") % {"most": MOST})
        for other in others:
            _check_words(other)
        if not others:
            raise ValidationError(_("Write at least one synonym."))
        return ", ".join(others)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if "word" not in data or "others" not in data:
            return data
        key = terms_of(data["word"])
        if key in [terms_of(other) for other in words.split(data["others"])]:
            self.add_error("others", _("“%(word)s” is the word itself; leave it out.") % {"word": data["word"]})
        site, language = data.get("site", self.instance.site), data.get("language", "")
        rows = type(self.instance).objects.filter(site=site, language=language).exclude(pk=self.instance.pk)
        if same := next((row for row in rows if terms_of(row.word) == key), None):
            message = _("There is an entry for this word already: %(entry)s. Change that one.")
            self.add_error("word", message % {"entry": same})
        return data


class QueryRuleForm(OfOneSite):
    def clean_queries(self) -> str:
        lines = words.lines(self.cleaned_data["queries"])
        if len(lines) > MOST:
            raise ValidationError(_("At most %(most)s searches are possible.") % {"most": MOST})
        for line in lines:
            _check_words(line)
        return "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if "queries" in data:
            self._check_other_rules(data)
        self._check_pages(data)
        return data

    def _check_other_rules(self, data: dict[str, Any]) -> None:
        site = data.get("site") or self.instance.site
        keys = {key_of(ask(line)): line for line in words.lines(data["queries"])}
        for row in type(self.instance).objects.filter(site=site).exclude(pk=self.instance.pk):
            for line in row.lines():
                if taken := keys.get(key_of(ask(line))):
                    text = _("“%(line)s” has pages already, in “%(rule)s”. Change that one.")
                    self.add_error("queries", text % {"line": taken, "rule": row})

    def _check_pages(self, data: dict[str, Any]) -> None:
        rows = {name: _rows(self.formsets[name]) for name in ("pinned", "hidden") if name in self.formsets}
        if not any(rows.values()):
            self.add_error(None, _("Choose at least one page, to come first or never."))
        site = data.get("site") or self.instance.site
        seen: set[int] = set()
        for form in (form for forms in rows.values() for form in forms):
            page, first, last = (form.cleaned_data.get(name) for name in ("page", "first_day", "last_day"))
            if first and last and last < first:
                form.add_error("last_day", _("The last day is before the first one."))
            if page is None:
                continue
            if page.pk in seen:
                form.add_error("page", _("This page is chosen already; each can be chosen once."))
            seen.add(page.pk)
            if site and not page.path.startswith(site.root_page.path):
                form.add_error("page", _("This page is not on the website %(site)s.") % {"site": site})


def _rows(formset: Any) -> list[Any]:
    """The forms of an inline list that are filled in and stay."""
    formset.is_valid()
    return [form for form in formset.forms if (data := getattr(form, "cleaned_data", None)) and not data.get("DELETE")]


def _check_words(text: str) -> None:
    if len(text) > LONGEST:
        message = _("“%(text)s …” is too long; at most %(most)s characters are possible.")
        raise ValidationError(message % {"text": text[:30], "most": LONGEST})
    if ask(text).excluded:
        message = _("“%(line)s” leaves out words with a minus; write what is searched for.")
        raise ValidationError(message % {"line": text})
    found = analysis.words(analysis.normalise(text))
    if not found:
        raise ValidationError(_("“%(text)s” has no word in it.") % {"text": text})
    if STOP_WORDS.issuperset(found):
        message = _("“%(text)s” has only words that are too common to be searched for.")
        raise ValidationError(message % {"text": text})
