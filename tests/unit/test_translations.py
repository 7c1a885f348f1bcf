"""Norwegian for everything that visitors and editors read."""

import re

import pytest

from tests.messages import LANGUAGES, missing, texts, translations

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
WAGTAILS = "Wagtail's own, which its Norwegian lacks"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str):
    assert missing(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_translated_that_no_longer_exists(language: str):
    known = {(message.id, message.context) for message in texts()}
    ours = [each for each in translations(language) if each.id and WAGTAILS not in each.user_comments]
    assert [each.id for each in ours if (each.id, each.context) not in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_has_a_placeholder_that_gets_no_value(language: str):
    for message in translations(language):
        if message.id:
            originals = message.id if isinstance(message.id, tuple) else (str(message.id),)
            known = set(PLACEHOLDER.findall(" ".join(originals)))
            strings = message.string if isinstance(message.string, tuple) else (str(message.string),)
            assert set(PLACEHOLDER.findall(" ".join(strings))) <= known, message.id
