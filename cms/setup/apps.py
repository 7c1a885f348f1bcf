from django.apps import AppConfig


class SetupConfig(AppConfig):
    """What turns an empty data folder into a running site."""

    name = "cms.setup"
    label = "cms_setup"
