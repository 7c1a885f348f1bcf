"""The topics of a package: declared as {slug, label}, or named by a page for the first time."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from cms.content.kinds import Text
from cms.content.packages.faults import Faults
from cms.content.topics import Topic, topic_slug


def read_topics(data: Any, faults: Faults) -> dict[str, str]:
    """{slug: label} in the order of the package."""
    if not isinstance(data, list):
        faults.fault(f"expected a list of {{slug, label}}, got {data!r}")
        return {}
    found: dict[str, str] = {}
    for index, item in enumerate(data):
        with faults.at(index):
            item = {"label": item} if isinstance(item, str) else item
            if not isinstance(item, dict) or not item.keys() <= {"slug", "label"}:
                faults.fault(f"expected {{slug, label}}, got {item!r}")
                continue
            with faults.at("label"):
                label = Text(100).parse(item.get("label"), faults)
            with faults.at("slug"):
                slug = Text(100).parse(item.get("slug"), faults) or topic_slug(label)
                _check_slug(slug, found, faults)
            found[slug] = label or slug
    return found


def _check_slug(slug: str, found: dict[str, str], faults: Faults) -> None:
    try:
        validate_slug(slug)
    except ValidationError:
        faults.fault(f"a topic needs a slug of letters a–z, digits and hyphens, got {slug!r}")
    if slug in found:
        faults.fault(f"the topic {slug!r} stands twice")


class TopicWriter:
    """Finds topics by slug or label, and makes those that are missing."""

    def __init__(self) -> None:
        self.changed = 0
        self._by_slug = {topic.slug: topic for topic in Topic.objects.order_by("pk")}
        self._by_label = {topic.label.casefold(): topic for topic in reversed(self._by_slug.values())}

    def write(self, declared: dict[str, str]) -> None:
        for slug, label in declared.items():
            topic = self._by_slug.get(slug) or Topic(slug=slug)
            if topic.label != label:
                topic.label = label
                self._save(topic)

    def id(self, label: str) -> int:
        found = self._by_slug.get(label) or self._by_label.get(label.casefold()) or self._by_slug.get(topic_slug(label))
        return (found or self._save(Topic(slug=topic_slug(label), label=label))).pk

    def _save(self, topic: Topic) -> Topic:
        topic.save()
        self.changed += 1
        self._by_slug[topic.slug] = topic
        self._by_label[topic.label.casefold()] = topic
        return topic
