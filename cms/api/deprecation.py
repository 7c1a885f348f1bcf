"""What is to leave the API announces it a year ahead: in the description, and in every answer that uses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.http import http_date

if TYPE_CHECKING:
    from cms.api.endpoint import View
    from cms.api.parameters import Parameter


@dataclass(frozen=True, slots=True)
class Deprecation:
    """``since`` when it is announced, the first day (UTC) without it, and what to use ``instead``."""

    since: date
    sunset: date
    instead: str

    def __post_init__(self) -> None:
        if (self.sunset - self.since).days < 365:
            raise ValueError(f"What leaves the API is announced a year ahead: {self.since} to {self.sunset} is less.")

    @property
    def note(self) -> str:
        return f"Leaves on {self.sunset}. {self.instead}"


def announcing(view: View, address: Deprecation | None, parameters: Sequence[Parameter]) -> View:
    """The view, with ``Deprecation`` (RFC 9745) and ``Sunset`` (RFC 8594) where a request uses what is to leave."""
    leaving = {each.name: each.deprecated for each in parameters if each.deprecated}
    if not address and not leaving:
        return view

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        used = [address] if address else []
        used += [each for name, each in leaving.items() if name in request.GET]
        if used:  # the first to leave is the one to act on
            response["Deprecation"] = f"@{_seconds(min(each.since for each in used))}"
            response["Sunset"] = http_date(_seconds(min(each.sunset for each in used)))
        return response

    return answer


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
