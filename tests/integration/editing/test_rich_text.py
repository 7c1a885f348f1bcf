"""Words in another language keep their mark through the editor."""

import json
import warnings

import pytest
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.test.utils.form_data import rich_text, streamfield

from cms.content.languages import LANGUAGES
from cms.content.rich_text import FEATURES
from tests.integration.editing.conftest import Create, only_event
from tests.integration.editing.forms import event


@pytest.mark.parametrize("language", [code for code, _ in LANGUAGES])
def test_language_of_words_survives_the_editor(language: str):
    converter = ContentstateConverter(FEATURES)
    html = f'<p>Vi kaller det <span lang="{language}">ordet</span>.</p>'
    state = json.loads(converter.from_database_format(html))
    assert [each["style"] for each in state["blocks"][0]["inlineStyleRanges"]] == [f"LANG-{language.upper()}"]
    stored = converter.to_database_format(json.dumps(state))
    assert f'<span lang="{language}">ordet</span>' in stored


def test_language_of_words_is_stored_through_the_form(create: Create):
    text = rich_text('<p>Vi driver <span lang="en">outreach</span>.</p>', features=FEATURES)
    create("publish", **event(body=streamfield([("paragraph", text)])))
    assert '<span lang="en">outreach</span>' in only_event().body[0].value.source


def test_editor_knows_all_features():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        get_rich_text_editor_widget("default", FEATURES)
