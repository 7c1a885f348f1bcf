from django.urls import path

from cms.delivery import media

urlpatterns = [
    path("media/<path:path>", media.public),
    path("admin/media/<path:path>", media.for_editors),
]
