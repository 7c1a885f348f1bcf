"""The long form of everything that goes wrong on purpose.

    python -m tests.faults [--kills 100] [--histories 500] [--seed N]
    python -m tests.postgres python -m tests.faults

Prints its seed; the same seed draws the same faults. The short forms are part of the tests.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys

SUITES = (
    "tests/faults",
    "tests/integration/publishing/test_killed.py",
    "tests/integration/publishing/test_concurrent.py",
    "tests/integration/publishing/test_documents_command.py",
    "tests/integration/publishing/test_histories.py",
    "tests/integration/delivery/test_webhooks_killed.py",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100, help="processes killed at random points")
    parser.add_argument("--histories", type=int, default=500, help="random edit histories compared with a rebuild")
    parser.add_argument("--seed", default=str(random.SystemRandom().randrange(10**9)))
    parser.add_argument("pytest", nargs="*", help="more for pytest, after --")
    asked = parser.parse_args()
    print(f"seed {asked.seed}: repeat with --seed {asked.seed}", flush=True)
    env = {
        **os.environ,
        "FORMIDLE_KILLS": str(asked.kills),
        "FORMIDLE_HISTORIES": str(asked.histories),
        "FORMIDLE_FAULT_SEED": asked.seed,
        "FORMIDLE_FAULTS": "long",
    }
    command = [sys.executable, "-m", "pytest", "-q", "-s", *SUITES, *asked.pytest]
    return subprocess.run(command, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
