from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "cms.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from cms.content.packages import earlier_paths
        from cms.publishing import redirects, signals

        signals.connect()
        earlier_paths.kept_by(redirects.earlier_paths)
