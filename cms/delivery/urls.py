from django.urls import path, re_path

from cms.api.endpoint import endpoint
from cms.api.urls import unknown
from cms.delivery import media
from cms.delivery.calendars import views as calendars
from cms.delivery.discovery import views as discovery
from cms.delivery.feeds import views as feeds

urlpatterns = [
    path("media/<path:path>", endpoint(media.public)),
    path("robots.txt", endpoint(discovery.robots), name="robots"),
    path("llms.txt", endpoint(discovery.llms), name="llms"),
    path("sitemap.xml", endpoint(discovery.sitemap), name="sitemap"),
    re_path(r"^sitemap-(?P<number>[0-9]{1,15})\.xml\Z", endpoint(discovery.sitemap_part), name="sitemap-part"),
    re_path(r"^feeds/(?P<name>[a-z0-9-]+)\.(?P<form>atom|json)\Z", endpoint(feeds.show), name="feed"),
    re_path(r"^calendar/(?P<plural>[a-z0-9-]+)\.ics\Z", endpoint(calendars.all_events), name="calendar"),
    re_path(
        r"^calendar/(?P<plural>[a-z0-9-]+)/(?P<id>[0-9]{1,19})\.ics\Z",
        endpoint(calendars.of_page),
        name="page-calendar",
    ),
    re_path(r"^(?:feeds|calendar)/[\s\S]*\Z", endpoint(unknown)),
]
