"""The measured application."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

from cms.wsgi import application

__all__ = ["application"]
