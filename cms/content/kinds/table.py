"""Which kind an exposed field has when its declaration does not say: looked up by the model field's class."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField

from cms.content.kinds.base import BaseKind
from cms.content.kinds.relations import PageSummary, Topics
from cms.content.kinds.scalars import Choice, Date, Flag, Moment, Number, RichTextKind, Text, UrlText
from cms.content.kinds.streams import stream_kind
from cms.content.topics import Topic
from cms.plugins.spec import Expose

KINDS: dict[type[models.Field[Any, Any]], type[BaseKind]] = {
    RichTextField: RichTextKind,
    models.CharField: Text,
    models.TextField: Text,
    models.URLField: UrlText,
    models.BooleanField: Flag,
    models.IntegerField: Number,
    models.DateTimeField: Moment,
    models.DateField: Date,
}


def kind_of(model: type[Any], expose: Expose) -> BaseKind:
    """Raises TypeError for a field whose kind must be declared."""
    key: Any = (model, expose)
    return _kind_of(key)


@cache
def _kind_of(key: tuple[type[Any], Expose]) -> BaseKind:
    model, expose = key
    try:
        field: Any = model._meta.get_field(expose.attribute)
    except FieldDoesNotExist:
        field = None
    if isinstance(expose.kind, BaseKind):
        return expose.kind.bind(field) if field is not None else expose.kind
    if isinstance(field, StreamField):
        return stream_kind(field)().bind(field)
    if isinstance(field, ParentalManyToManyField) and field.related_model is Topic:
        return Topics()
    if isinstance(field, models.ForeignKey) and _is_page(field.related_model):
        return PageSummary().bind(field)
    if isinstance(field, models.CharField) and field.choices:
        return Choice().bind(field)
    for cls in type(field).__mro__:
        if cls in KINDS:
            return KINDS[cls]().bind(field)
    raise TypeError(
        f"{model.__name__}.{expose.attribute}: no kind is known for {type(field).__name__}; give Expose(kind=…)."
    )


def _is_page(model: Any) -> bool:
    from wagtail.models import Page

    return isinstance(model, type) and issubclass(model, Page)
