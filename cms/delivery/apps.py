from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "cms.delivery"
    label = "delivery"
    verbose_name = _("Delivery")

    def ready(self) -> None:
        from django.core.checks import register

        from cms.delivery.checks import check_networks
        from cms.delivery.webhooks import listener, queue
        from cms.publishing import housekeeping, listeners

        register(check_networks)
        listeners.register(listener.enabled)
        housekeeping.chores.append(queue.cut_log)
