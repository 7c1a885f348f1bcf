"""All that the API answers, for inclusion at the root of the site."""

from django.urls import include, path, re_path

from cms.api import urls
from cms.api.endpoint import endpoint
from cms.api.views import health

urlpatterns = [
    path("api/v1/", include(urls)),
    re_path(r"^api(?:/[\s\S]*)?$", endpoint(urls.unknown), name="no-such-api"),
    path("healthz/", endpoint(health.alive), name="healthz"),
    path("readyz/", endpoint(health.ready), name="readyz"),
]
