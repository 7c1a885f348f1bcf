"""Two grades of findings on a page: some stop its publishing, others only warn. A draft saves with anything."""

from __future__ import annotations

from wagtail.admin.forms import WagtailAdminPageForm


class PublishingForm(WagtailAdminPageForm):
    pass
