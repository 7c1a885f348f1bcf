from django.urls import path, re_path

from cms.api.endpoint import endpoint
from cms.api.urls import unknown
from cms.delivery import media
from cms.delivery.endpoints import endpoints

urlpatterns = [
    path("media/<path:path>", endpoint(media.public)),
    *(path(each.route[1:], each.serve(), name=each.name) for each in endpoints()),
    re_path(r"^(?:(?:feeds|calendar)/[\s\S]*|sitemap-[^/]*\.xml/?)\Z", endpoint(unknown)),
]
