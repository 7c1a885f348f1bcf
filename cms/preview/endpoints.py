"""The preview address as the API's description has it, also where previews are elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from cms.api.endpoints import Endpoint, in_path
from cms.api.views.documents import detail_parameters
from cms.preview import elsewhere


def endpoints() -> Iterator[Endpoint]:
    if settings.PUBLIC:
        view = elsewhere.document
    else:
        from cms.preview import api  # its tables are those of processes that edit

        view = api.document
    yield Endpoint(
        name="preview",
        route="preview/<str:token>/",
        view=view,
        tag="Previews",
        summary="A draft, as the document that it will be",
        description="The token comes from an editor's preview or share link. `version` is 0. Never keep the answer.",
        parameters=detail_parameters(),
        answers=("DocumentAnswer",),
        cached=False,
        problems=("preview-unknown", "preview-ended", "preview-elsewhere"),
        path_parameters=(in_path("token", "From the preview's URL.", {"type": "string"}),),
    )
