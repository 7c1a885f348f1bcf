from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """The reference frontend: shows documents, knows nothing of page models."""

    name = "cms.website"
    label = "website"
