"""Supervised processes: they come back when they end, and end when their parent does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cms.setup.child import Child

SLEEPER = "from cms.setup.parent import follow_parent; follow_parent(); import time; time.sleep(60)"


def eventually(check: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """A zombie that nobody has waited for is not alive."""
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.fixture
def descriptor(tmp_path: Path) -> Iterator[int]:
    with open(tmp_path / "lock", "w") as file:
        yield file.fileno()


def test_a_child_that_ends_is_started_again_after_a_pause(tmp_path, descriptor, capsys):
    child = Child("thing", [sys.executable, "-c", "print('ran'); raise SystemExit(3)"], tmp_path / "log", descriptor)
    child.pause = 0.05
    child.start()

    def ran_twice() -> bool:
        child.tend()
        return (tmp_path / "log").read_text().count("ran") >= 2

    eventually(ran_twice)
    child.end(time.monotonic() + 5)
    assert "thing ended with code 3, starting it again in 0.05 s" in capsys.readouterr().err
    assert child.pause > 0.05


def test_a_child_that_ignores_the_request_to_end_is_killed(tmp_path, descriptor):
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    child = Child("deaf", [sys.executable, "-c", deaf], tmp_path / "log", descriptor)
    child.start()
    eventually(lambda: "deaf" in (tmp_path / "log").read_text())
    process = child.process
    child.terminate()
    child.end(time.monotonic() + 0.2)
    assert process
    assert process.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_child_ends_when_its_parent_is_killed(tmp_path):
    parent = f"""
import time
from pathlib import Path
from cms.setup.child import Child
child = Child("sleeper", {[sys.executable, "-c", SLEEPER]!r}, Path({str(tmp_path / "log")!r}), 0)
child.start()
print(child.process.pid, flush=True)
time.sleep(60)
"""
    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    pid = int(process.stdout.readline())
    assert alive(pid)
    process.kill()
    process.wait()
    eventually(lambda: not alive(pid))


def test_a_child_whose_parent_died_before_it_looked_ends_at_once():
    gone = subprocess.Popen(["true"])
    gone.wait()
    env = {**os.environ, "FORMIDLE_PARENT": str(gone.pid)}
    assert subprocess.run([sys.executable, "-c", SLEEPER], env=env, check=False).returncode == -signal.SIGTERM
