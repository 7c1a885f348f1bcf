from django.urls import path

from cms.api.endpoint import endpoint
from cms.api.views import health

urlpatterns = [
    path("healthz/", endpoint(health.alive), name="healthz"),
    path("readyz/", endpoint(health.ready), name="readyz"),
]
