from django.apps import AppConfig


class PluginsConfig(AppConfig):
    name = "cms.plugins"
    label = "plugins"

    def ready(self) -> None:
        from cms.plugins import registry
        from cms.plugins.contract import PluginProblems

        if found := registry.problems():
            raise PluginProblems(found)
