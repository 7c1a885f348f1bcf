"""Files that a live document shows. Uploaded originals stay private."""

from __future__ import annotations

import mimetypes
from hashlib import blake2b

from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
)
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from cms.api.problems import ProblemError, not_found
from cms.delivery import ranges
from cms.publishing import cache_tags, reads

INLINE = frozenset({"application/pdf", "image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"})
"""Types that a browser may show itself; anything else is saved, so that no upload runs as a page of ours."""

MAX_AGE_SECONDS = 600
"""How long a withdrawn picture may live on in caches that nobody purges; after it they ask, and mostly hear 304."""


def public(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file under ``/media/``; 404 for every path that no live document names."""
    shown = reads.media_file(path)
    if shown is None:
        raise _missing()
    try:
        response = _conditional(request, shown.name, path)
    except Http404 as error:
        raise _missing() from error
    response["Cache-Control"] = f"public, max-age={MAX_AGE_SECONDS}"
    # so a purge for a page that shows it no longer reaches the file
    for name, value in cache_tags.headers(map(cache_tags.document_tag, shown.document_ids)).items():
        response[name] = value
    return response


def _missing() -> ProblemError:
    """The next change of any document may show the file: what asked too early must not keep that it is not there."""
    return not_found("There is no such file.", cache_tags.headers(cache_tags.of_list()))


def _conditional(request: HttpRequest, stored_as: str, path: str) -> HttpResponseBase:
    """The file, a part of it, or 304."""
    response = send_file(stored_as, path)
    changed = default_storage.get_modified_time(stored_as).timestamp()
    state = f"{stored_as} {response['Content-Length']} {changed}"
    etag = f'"{blake2b(state.encode(), digest_size=12).hexdigest()}"'
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    response["Accept-Ranges"] = "bytes"
    unchanged = get_conditional_response(request, etag=etag, last_modified=int(changed))
    if unchanged is not None:
        _close_file(response)
        if unchanged.status_code == 412:
            raise ProblemError("precondition-failed", "The file has changed, or is none that the request names.")
        unchanged["ETag"], unchanged["Last-Modified"] = etag, response["Last-Modified"]
        return unchanged
    asked = request.headers.get("Range", "")
    if request.method == "GET" and asked and request.headers.get("If-Range", etag) == etag:
        return _part(response, asked)
    return response


def _part(whole: FileResponse, asked: str) -> HttpResponseBase:
    size = int(whole["Content-Length"])
    try:
        part = ranges.wanted(asked, size)
    except ValueError:
        _close_file(whole)
        detail, headers = f"The file has {size} bytes.", {"Content-Range": f"bytes */{size}"}
        raise ProblemError("range-not-satisfiable", detail, headers=headers) from None
    if part is None:
        return whole
    assert whole.file_to_stream is not None
    whole.streaming_content = ranges.pieces(whole.file_to_stream, part)
    whole.status_code = 206
    whole["Content-Length"] = str(part.last - part.first + 1)
    whole["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    return whole


def _close_file(response: FileResponse) -> None:
    """Not the response: that tells everybody that the request is over, which it is not."""
    assert response.file_to_stream is not None
    response.file_to_stream.close()


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
