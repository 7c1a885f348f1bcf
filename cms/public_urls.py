"""What everybody may read: the API, files, feeds and the website. All that a public process has (FORMIDLE_ROLE)."""

from django.urls import include, path, re_path

from cms.api import root_urls
from cms.api.endpoint import endpoint
from cms.api.urls import unknown
from cms.preview import elsewhere
from cms.preview.private import private
from cms.website.names import SEARCH_SLUG

first = root_urls.first
last = [
    re_path(r"^api/v1/preview/(?P<token>[\s\S]*)\Z", private(endpoint(elsewhere.document))),
    re_path(r"^preview/(?P<token>[\s\S]*)\Z", private(elsewhere.page)),
    *root_urls.last,
    path("", include("cms.delivery.urls")),
    re_path(rf"^{SEARCH_SLUG}\Z", endpoint(unknown)),
    path("", include("cms.website.urls")),
]
urlpatterns = [*first, *last]

handler500 = "cms.website.messages.server_error"
