"""Whatever stands below these addresses is a token: what is not a good one is refused, and never falls through."""

from django.urls import re_path

from cms.api.endpoint import endpoint
from cms.preview import api, web
from cms.preview.private import private

urlpatterns = [
    re_path(r"^api/v1/preview/files/(?P<key>[^/]*)/(?P<name>[\s\S]*)\Z", private(endpoint(api.file))),
    re_path(r"^api/v1/preview/?(?P<token>(?<=/)[\s\S]*)\Z", private(endpoint(api.document)), name="api-preview"),
    re_path(r"^preview/(?P<token>[\s\S]*)\Z", private(web.page), name="preview"),
]
