from django.urls import path, re_path

from cms.website import views
from cms.website.names import SEARCH_SLUG

app_name = "website"

urlpatterns = [
    path(f"{SEARCH_SLUG}/", views.search, name="search"),
    # Last of all: whatever is not taken is a page, or not found in the site's own design.
    re_path(r"^(?P<path>[\s\S]*)$", views.page, name="page"),
]
