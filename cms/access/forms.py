from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.access.models import ApiToken, Scope

LIFETIMES = {
    "30": _("30 days"),
    "90": _("90 days"),
    "365": _("1 year"),
}


class ApiTokenForm(forms.Form):
    """A token's name, what it opens and how long it lives."""

    name = forms.CharField(
        label=_("Name"),
        max_length=ApiToken._meta.get_field("name").max_length,
        help_text=_("Who uses it and what for."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Opens"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple, initial=[Scope.METRICS]
    )
    days = forms.ChoiceField(label=_("Valid for"), choices=list(LIFETIMES.items()), initial="365")

    def clean_days(self) -> timedelta:
        return timedelta(days=int(self.cleaned_data["days"]))

    def values(self) -> dict[str, Any]:
        """What ``create_token`` takes of it."""
        data = self.cleaned_data
        return {"name": data["name"], "scopes": data["scopes"], "lifetime": data["days"]}
