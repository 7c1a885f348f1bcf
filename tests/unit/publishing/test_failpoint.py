from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

CODE = "from cms.publishing.failpoint import failpoint; [failpoint(name) for name in ('built', 'written', 'written')]"


@pytest.mark.parametrize(
    ("wanted", "killed"),
    [("", False), ("written", True), ("written:2", True), ("written:3", False), ("built:1", True), ("moved", False)],
)
def test_process_is_killed_where_the_environment_says(wanted, killed):
    env = {**os.environ, "FORMIDLE_FAILPOINT": wanted}
    code = subprocess.run([sys.executable, "-c", CODE], env=env, check=False).returncode
    assert code == (-signal.SIGKILL if killed else 0)
