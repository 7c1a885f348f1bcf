"""NUL in what an editor sends: PostgreSQL takes no text with it, so it must not come so far."""

from __future__ import annotations

import pytest
from wagtail.test.utils.form_data import rich_text, streamfield

from articles.models import Event
from tests.integration.editing.forms import event, place


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"title": "Frokost\0seminar"}, id="text"),
        pytest.param({"place": streamfield([("place", place("Kommune\0huset"))])}, id="block"),
        pytest.param({"body": streamfield([("paragraph", rich_text("<p>Et\0avsnitt</p>"))])}, id="rich text"),
        pytest.param({"slug": "frokost\0seminar"}, id="slug"),
    ],
)
@pytest.mark.parametrize("action", ["", "publish"])
def test_nul_in_a_form_is_told_or_taken_away(create, fields, action):
    response = create(action, **event(**fields))
    assert response.status_code in (200, 302)
    for page in Event.objects.all():
        assert "\0" not in str(page.__dict__)
        assert "\\u0000" not in str(page.latest_revision.content)


@pytest.mark.parametrize(
    "path", ["/admin/pages/?q=%00", "/admin/images/?q=%00", "/admin/snippets/?q=%00", "/admin/pages/search/?q=%00"]
)
def test_nul_in_a_search_of_the_admin_is_no_server_error(admin, home, path):
    admin.raise_request_exception = False
    assert admin.get(path).status_code < 500
