from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "cms.api"
    label = "api"
    verbose_name = _("API")

    def ready(self) -> None:
        from cms.api.checks import check_throttling

        register(check_throttling)
