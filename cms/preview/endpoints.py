"""The preview address as the API's description has it."""

from __future__ import annotations

from collections.abc import Iterator

from cms.api.endpoints import Endpoint
from cms.preview import api


def endpoints() -> Iterator[Endpoint]:
    yield Endpoint(
        name="preview",
        route="preview/<str:token>/",
        view=api.document,
        tag="Previews",
        summary="A draft, as the document that it will be",
        description="The token comes from an editor's preview or share link. `version` is 0. Never keep the answer.",
        parameters=api.parameters(),
        answers=("DocumentAnswer",),
        cached=False,
        problems=("preview-unknown", "preview-ended", "preview-elsewhere"),
        path_parameters=(
            {
                "name": "token",
                "in": "path",
                "required": True,
                "description": "From the preview's URL.",
                "schema": {"type": "string"},
            },
        ),
    )
