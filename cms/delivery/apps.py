from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "cms.delivery"
    label = "delivery"
    verbose_name = _("Delivery")

    def ready(self) -> None:
        from django.core.checks import register

        from cms.api.endpoints import more
        from cms.delivery.checks import check_networks, check_purging
        from cms.delivery.endpoints import endpoints
        from cms.delivery.purging import listener as purging
        from cms.delivery.webhooks import listener, queue
        from cms.preview import endpoints as previews
        from cms.publishing import housekeeping, listeners

        register(check_networks)
        register(check_purging)
        # previews as well: a process for the public has not their app, and answers that they are elsewhere
        more += [endpoints, previews.endpoints]
        listeners.register(listener.enabled)
        listeners.register(purging.listeners)
        housekeeping.chores += [queue.cut_log, purging.forget_gone]
