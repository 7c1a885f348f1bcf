"""The product's URLs with two rivals beside them: a constant view and Wagtail's API v2."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from cms.urls import urlpatterns as product
from tests.bench.wagtail_v2 import urlpatterns as rivals

BYTES = b'{"constant": "' + b"x" * 8000 + b'"}'


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BYTES, content_type="application/json")


urlpatterns = [path("constant/", constant), *rivals(), *product]
