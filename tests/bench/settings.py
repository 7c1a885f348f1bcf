"""The product's settings with Wagtail's API v2 beside it."""

from cms.settings import *  # noqa: F403
from cms.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.api.v2"]
ROOT_URLCONF = "tests.bench.urls"
WAGTAILAPI_LIMIT_MAX = 100
