from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cms.preview import grants
from cms.preview.models import PreviewToken

HOURS = (1, 8, 24, 72, 168, 720)
DAY_HOURS = 24

DEPTHS = [
    (grants.ONLY_THIS, _("Only this page. Links lead to what is published.")),
    (grants.LINKED, _("This page, and drafts of the pages that it links to.")),
    (grants.ALL_LINKED, _("All drafts that can be reached by links from this page.")),
]


class ShareForm(forms.Form):
    """How long a shared draft can be seen, and what is seen besides."""

    hours = forms.TypedChoiceField(label=_("Valid for"), coerce=int)
    depth = forms.TypedChoiceField(
        label=_("Opens"), choices=DEPTHS, coerce=int, widget=forms.RadioSelect, initial=grants.LINKED
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=PreviewToken._meta.get_field("note").max_length,
        help_text=_("Who gets the link. Only editors see this."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        default = settings.FORMIDLE_PREVIEW_HOURS
        longest = settings.FORMIDLE_PREVIEW_MAX_HOURS
        hours = sorted({each for each in (*HOURS, default) if each <= longest})
        field: Any = self.fields["hours"]
        field.choices = [(each, _in_words(each)) for each in hours]
        field.initial = default

    def values(self) -> dict[str, Any]:
        """What ``share`` takes of it."""
        data = self.cleaned_data
        return {"lifetime": timedelta(hours=data["hours"]), "depth": data["depth"], "note": data["note"]}


def _in_words(hours: int) -> str:
    days, rest = divmod(hours, DAY_HOURS)
    if days and not rest:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
