from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings


class PluginsConfig(AppConfig):
    """First in INSTALLED_APPS: each of Django's three phases of loading begins here, before any plugin is reached."""

    name = "cms.plugins"
    label = "plugins"

    def __init__(self, app_name: str, app_module: Any) -> None:
        from cms.plugins import loading

        super().__init__(app_name, app_module)
        self.problems = loading.try_apps(settings.INSTALLED_APPS, settings.CMS_PLUGINS, own=app_name)

    def import_models(self) -> None:
        from cms.plugins import loading

        super().import_models()
        self.problems += loading.try_models(apps, settings.CMS_PLUGINS, own=self.name)

    def ready(self) -> None:
        from cms.plugins import checks, loading
        from cms.plugins.contract import PluginProblems

        if found := [*settings.CMS_PLUGINS.problems, *self.problems, *checks.problems()]:
            raise PluginProblems(found)
        loading.guard_ready(apps, settings.CMS_PLUGINS)
