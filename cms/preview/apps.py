from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class PreviewConfig(AppConfig):
    name = "cms.preview"
    label = "preview"
    verbose_name = _("Previews")

    def ready(self) -> None:
        from cms.content.previews import set_renderer
        from cms.preview.checks import check_preview_url
        from cms.preview.grants import forget_old
        from cms.preview.panel import render_draft
        from cms.publishing import housekeeping

        register(check_preview_url)
        set_renderer(render_draft)
        housekeeping.chores.append(forget_old)
