from django.apps import AppConfig


class PreviewConfig(AppConfig):
    name = "cms.preview"
    label = "preview"

    def ready(self) -> None:
        from cms.content.previews import set_renderer
        from cms.preview.panel import render_draft

        set_renderer(render_draft)
