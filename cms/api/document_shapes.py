"""What every type's detail document has besides its own keys."""

from __future__ import annotations

from cms.content import shapes, summary_shape


class Detail(summary_shape.Summary):
    breadcrumbs: list[shapes.Breadcrumb]
    translations: list[shapes.Translation]
    related: list[summary_shape.RelatedSummary]
    similar_url: shapes.Url
    seo: shapes.Seo
    version: int
