"""Settings for the tests of plugins: the product's, on a data folder of their own that goes with the process."""

import atexit
import os
import shutil
import tempfile

_DATA = tempfile.mkdtemp(prefix="formidle-plugin-tests-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ["FORMIDLE_DATA"] = _DATA
os.environ.setdefault("FORMIDLE_SECRET_KEY", "only-for-tests")

from cms.settings import *  # noqa: E402, F403
from cms.settings import DATABASES, FORMIDLE_DATA  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(FORMIDLE_DATA / "test.sqlite3")}
SEARCH_URL = "memory:"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
