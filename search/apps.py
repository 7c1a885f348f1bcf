from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from cms.publishing import consumers
        from search.checks import check_url
        from search.consumer import IndexConsumer

        register(check_url)
        consumers.register(IndexConsumer())
