"""What everybody may read: the API, files, feeds and the website. All that a public process has (FORMIDLE_ROLE)."""

from django.urls import include, path

urlpatterns = [
    path("", include("cms.api.root_urls")),
    path("", include("cms.delivery.urls")),
    path("", include("cms.website.urls")),
]

handler500 = "cms.website.messages.server_error"
