"""Reasons are kept in English and shown in the language of who reads them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from cms.delivery.purging import targets
from cms.delivery.webhooks import post
from cms.publishing import reasons
from cms.publishing.templatetags.publishing_admin import moment


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (post.ANSWERED % {"code": 500}, "mottakeren svarte 500"),
        ("refused: 127.0.0.1 is not a public address", "avvist: 127.0.0.1 er ikke en offentlig adresse"),
        (
            "no answer: no connection to ::1 port 99: [Errno 111] Connection refused",
            "ikke noe svar: ingen forbindelse til ::1 port 99: [Errno 111] Connection refused",
        ),
        (
            "PurgeFailed: " + targets.ANSWERED % {"code": 503, "text": "busy:\n100 %"},
            "PurgeFailed: mellomlageret svarte 503: busy:\n100 %",
        ),
        ("ValueError: 100 %(what)s", "ValueError: 100 %(what)s"),
        ("forkastet av kari", "forkastet av kari"),
        ("", ""),
    ],
)
def test_known_parts_are_translated_and_values_stay(kept: str, shown: str):
    with override("nb"):
        assert reasons.translated(kept) == shown
    with override("en"):
        assert reasons.translated(kept) == kept


def test_a_day_is_said_where_it_is_not_today():
    noon = timezone.localtime().replace(hour=12, minute=30, second=15)
    with override("nb"):
        assert moment(noon) == "12:30:15"
        tomorrow: datetime = noon + timedelta(days=1)
        assert moment(tomorrow) == f"{tomorrow:%d.%m.%Y} 12:30"
        assert moment(None) == ""
