import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")

application = get_wsgi_application()


def _warm() -> None:
    from search import analysis, embedding

    # Loads the word lists, and a model where there is one: a second or two that the first visitor need not wait.
    analysis.lookup("konferanse")
    embedding.of_query("konferanse")


threading.Thread(target=_warm, name="warm-search", daemon=True).start()
