"""All that the API answers, for the root of the site: ``first`` before everything else, ``last`` behind it.

Django tries one pattern after the other, and most requests are for documents.
"""

from django.urls import include, path, re_path

from cms.api import urls
from cms.api.endpoint import endpoint
from cms.api.views import health

first = [*urls.often, path("api/v1/", include(urls))]
last = [
    path("healthz/", endpoint(health.alive), name="healthz"),
    path("readyz/", endpoint(health.ready), name="readyz"),
    re_path(r"^(?:api(?:/[\s\S]*)?|healthz|readyz)\Z", endpoint(urls.unknown), name="unknown"),
]
