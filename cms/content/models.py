"""Models of the content app, each defined in the module of its concept."""

from cms.content.images.models import ContentImage, ContentRendition
from cms.content.site_settings import SiteSettings
from cms.content.topics import Topic

__all__ = ["ContentImage", "ContentRendition", "SiteSettings", "Topic"]
