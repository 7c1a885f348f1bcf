"""Files that a live document shows. Uploaded originals stay private."""

from __future__ import annotations

import mimetypes

from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseNotFound,
)

from cms.publishing import reads

INLINE = frozenset({"application/pdf", "image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"})
"""Types that a browser may show itself; anything else is saved, so that no upload runs as a page of ours."""

HOUR = 3600


def public(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file under ``/media/``; 404 for every path that no live document names."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    stored_as = reads.media_file(path)
    if stored_as is None:
        return HttpResponseNotFound("There is no such file.\n", content_type="text/plain")
    response = send_file(stored_as, path)
    # renditions carry a hash of the upload in their names; an hour bounds how long a withdrawn picture lives on
    response["Cache-Control"] = f"public, max-age={HOUR}"
    return response


def send_file(stored_as: str, path: str) -> FileResponse:
    """A file of the media storage under the name that ``path`` ends in. Raises Http404 where there is none."""
    try:
        file = default_storage.open(stored_as, "rb")
    except (OSError, ValueError) as error:
        raise Http404 from error
    content_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(
        file,
        content_type=content_type,
        as_attachment=content_type not in INLINE,
        filename=path.rpartition("/")[2],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
