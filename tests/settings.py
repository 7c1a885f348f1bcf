"""The product's settings on a folder of their own: tests never see the data of the person who runs them."""

import atexit
import os
import shutil
import tempfile

_DATA = tempfile.mkdtemp(prefix="formidle-tests-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ["FORMIDLE_DATA"] = _DATA
os.environ.setdefault("FORMIDLE_SECRET_KEY", "only-for-tests")

from cms.settings import *  # noqa: E402, F403
from cms.settings import DATABASES, FORMIDLE_DATA  # noqa: E402

# A file, as in real life: a database in memory locks whole tables between threads.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(FORMIDLE_DATA / "test.sqlite3")}
# A long run is one connection to a test: none is too old for the next request.
DATABASES["default"]["CONN_MAX_AGE"] = None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A thread would write beside the test's transaction; tests of the log switch it on.
SEARCH_LOG = False
