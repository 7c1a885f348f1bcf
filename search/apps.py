from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from cms.publishing import consumers, housekeeping, public_tables
        from search import service
        from search.checks import check_golden, check_recency, check_standby, check_url, check_vectors
        from search.consumer import IndexConsumer
        from search.desk import stored
        from search.desk.forgetting import forget_old
        from search.models import ClickCount, HiddenPage, PinnedPage, QueryRule, RulesVersion, SearchCount, Synonym

        for check in (check_url, check_recency, check_standby, check_golden, check_vectors):
            register(check)
        consumers.register(IndexConsumer(service.PRIMARY, service.engine))
        if settings.SEARCH_STANDBY:
            consumers.register(IndexConsumer(service.STANDBY, lambda: service.engines()[service.STANDBY]))
        rules = (Synonym, QueryRule, PinnedPage, HiddenPage)
        public_tables.readable += [*rules, RulesVersion]
        public_tables.insertable += [SearchCount, ClickCount]
        housekeeping.chores.append(forget_old)
        for model in rules:
            for signal in (post_save, post_delete):
                signal.connect(stored.changed, sender=model, dispatch_uid=f"search.rules_changed.{model.__name__}")
