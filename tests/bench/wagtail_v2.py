"""Wagtail's own API v2 over the same pages, with what a frontend needs: renditions and resolved rich text."""

from __future__ import annotations

from typing import Any

from django.urls import path
from rest_framework import serializers
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.rich_text import expand_db_html

from articles.models import NewsArticle

SPECS = ("width-320", "width-960", "width-1600")


def rendition_urls(image: Any) -> list[str]:
    found = image.get_renditions(*(f"{spec}|format-jpeg" for spec in SPECS))
    return [rendition.url for rendition in found.values()]


class FullStream(serializers.Field[Any, Any, Any, Any]):
    """A StreamField with links in rich text resolved and image URLs, as people write it for their frontends."""

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        return [{"id": block.id, "type": block.block_type, "value": self._value(block)} for block in value]

    def _value(self, block: Any) -> Any:
        if block.block_type == "paragraph":
            return expand_db_html(block.value.source)
        if block.block_type == "image":
            use = block.value
            return {"alt": use["alt"], "caption": use["caption"], "urls": rendition_urls(use["image"])}
        return block.block.get_api_representation(block.value, self.context)


class TopicNames(serializers.Field[Any, Any, Any, Any]):
    def to_representation(self, value: Any) -> list[str]:
        return [topic.label for topic in value.all()]


def urlpatterns() -> list[Any]:
    NewsArticle.api_fields = [
        APIField("summary"),
        APIField("kind"),
        APIField("image", serializer=FullStream()),
        APIField("body", serializer=FullStream()),
        APIField("topics", serializer=TopicNames()),
    ]
    router = WagtailAPIRouter("v2")
    router.register_endpoint("pages", PagesAPIViewSet)
    return [path("v2/", router.urls)]
