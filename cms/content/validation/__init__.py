"""Two grades of findings on a page: some stop its publishing, others only warn. A draft saves with anything."""

from cms.content.validation.finding import Finding, stop, warn
from cms.content.validation.form import PublishingForm
from cms.content.validation.labels import describe
from cms.content.validation.page import PublishingStopped, findings, refuse_stops, stops
from cms.content.validation.walk import vague_link

__all__ = [
    "Finding",
    "PublishingForm",
    "PublishingStopped",
    "describe",
    "findings",
    "refuse_stops",
    "stop",
    "stops",
    "vague_link",
    "warn",
]
