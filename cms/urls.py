from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls

from cms import public_urls
from cms.api.endpoint import endpoint
from cms.api.urls import unknown
from cms.content.admin_texts import admin_texts
from cms.delivery import editors_media
from cms.delivery.metrics import metrics

urlpatterns = [
    *public_urls.first,
    path("", include("cms.preview.urls")),
    path("metrics", endpoint(metrics), name="metrics"),
    path("admin/media/<path:path>", editors_media.file),
    path("admin/jsi18n/", admin_texts),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^admin\Z", endpoint(unknown)),
    # last, as it takes whatever is left
    *public_urls.last,
]

handler500 = "cms.website.messages.server_error"
