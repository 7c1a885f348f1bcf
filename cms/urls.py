from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("", include("cms.api.root_urls")),
    path("", include("cms.delivery.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("cms.website.urls")),
]
