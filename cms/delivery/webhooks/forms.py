"""What an administrator enters about a webhook."""

from __future__ import annotations

from typing import Any

import httpx
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.api import feed
from cms.api.problems import ProblemError
from cms.delivery.models import Webhook
from cms.delivery.webhooks import events, networks
from cms.plugins import registry
from cms.publishing import listeners


class WebhookForm(WagtailAdminModelForm):
    kinds = forms.MultipleChoiceField(
        label=_("What happens"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: everything is told."),
    )
    types = forms.MultipleChoiceField(
        label=_("Content types"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Of which pages. Nothing chosen: all, also those of types that are added later."),
    )

    class Meta:
        model = Webhook
        fields = ("name", "url", "description", "kinds", "types", "enabled")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = list(events.KINDS.items())
        known = {name: each.model._meta.verbose_name for name, each in registry.content_types().items()}
        # a plugin that is switched off keeps its place
        chosen = {name: name for name in self.instance.types}
        self.fields["types"].choices = list((chosen | known).items())

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        try:
            target = httpx.URL(url)
            port, host = target.port, target.raw_host.decode("ascii")
        except (httpx.InvalidURL, UnicodeError, ValueError):
            raise ValidationError(_("This is no address. It looks like https://www.example.no/webhook.")) from None
        if target.scheme not in ("https", "http") or not target.host or target.userinfo or target.fragment:
            raise ValidationError(_("Enter an address that begins with https://, without user name, password and #."))
        if target.scheme == "http" and not networks.allows_plain_http():
            raise ValidationError(_("Enter an address that begins with https://: messages are sent encrypted."))
        if port is not None and not networks.is_port_allowed(port):
            raise ValidationError(_("Messages go to the ports 80, 443 and those from 1024 on."))
        if not networks.is_address(host) and not networks.is_name(host):
            raise ValidationError(_("This is no address. It looks like https://www.example.no/webhook."))
        address = "127.0.0.1" if host.rstrip(".") == "localhost" else host
        if networks.is_address(address) and networks.refusal(address):
            raise ValidationError(_("Messages go to public addresses only, and this is inside our own network."))
        return url


class ReplayForm(forms.Form):
    """From where everything is sent again."""

    time = forms.DateTimeField(
        label=_("From this time on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    cursor = forms.CharField(
        label=_("or behind this cursor of the change feed"),
        required=False,
        max_length=4000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    position: int

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        time, cursor = found.get("time"), (found.get("cursor") or "").strip()
        if self.errors:
            return found
        if bool(time) == bool(cursor):
            raise ValidationError(_("Enter a time or a cursor, not both."))
        try:
            self.position = feed.position_of(cursor) if cursor else listeners.position_at(time)
        except ProblemError:
            raise ValidationError(_("The cursor is broken, or the log no longer goes back to it.")) from None
        return found
