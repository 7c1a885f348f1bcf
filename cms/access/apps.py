from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    """Who may ask for what is not public: tokens for machines."""

    name = "cms.access"
    label = "access"
    verbose_name = _("Access")
