from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "formidle_library"
    verbose_name = "Library"
