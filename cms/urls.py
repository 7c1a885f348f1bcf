from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from cms.content.admin_texts import admin_texts

urlpatterns = [
    path("", include("cms.preview.urls")),
    path("", include("cms.api.root_urls")),
    path("", include("cms.delivery.urls")),
    path("admin/jsi18n/", admin_texts),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("cms.website.urls")),
]

handler500 = "cms.website.messages.server_error"
