import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")

application = get_wsgi_application()


def _warm() -> None:
    from search.analysis import lookup

    lookup("konferanse")  # loads the word lists, which takes a second or two that the first visitor need not wait


threading.Thread(target=_warm, name="warm-search", daemon=True).start()
