"""Every file, for editors who are logged in: uploads and thumbnails."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from cms.delivery.media import send_file


@never_cache
@require_admin_access
def file(request: HttpRequest, path: str) -> HttpResponseBase:
    return send_file(path, path)
