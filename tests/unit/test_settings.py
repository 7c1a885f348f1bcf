"""Numbers from the environment, and which languages the admin offers."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cms.settings import _whole
from tests.messages import LANGUAGES


def test_a_number_is_whole_and_not_too_small(monkeypatch):
    assert _whole("FORMIDLE_X", 5) == 5
    monkeypatch.setenv("FORMIDLE_X", "0")
    assert _whole("FORMIDLE_X", 5, least=0) == 0
    for wrong in ("0", "-1", "1.5", "x"):
        monkeypatch.setenv("FORMIDLE_X", wrong)
        with pytest.raises(ImproperlyConfigured, match="FORMIDLE_X"):
            _whole("FORMIDLE_X", 5)


def test_admin_is_offered_in_every_language_that_has_texts():
    assert {code for code, _ in settings.WAGTAILADMIN_PERMITTED_LANGUAGES} == {*LANGUAGES, "en"}
