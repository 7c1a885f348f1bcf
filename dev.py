#!/usr/bin/env python3
"""One command for everything. Standard library only.

python3 dev.py start [--port N] [--data DIR] [--no-demo]   install, prepare, serve until stopped
python3 dev.py manage [--data DIR] ARGS…                   a management command in the same environment
python3 dev.py test [--quick]                              everything; --quick: the checks and tests/unit alone
python3 dev.py lock                                        renew the hashed requirements
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MANAGE = ROOT / "manage.py"
DATA = Path(os.environ.get("FORMIDLE_DATA") or ROOT / "var")
DEMO = ROOT / "demo" / "content.json"
Command = Sequence[object]
"""A program and its arguments, texts and paths."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def fail(text: str) -> NoReturn:
    say(f"dev.py: {text}")
    raise SystemExit(1)


def words(command: Command) -> list[str]:
    return [str(word) for word in command]


def run(command: Command, env: dict[str, str] | None = None) -> None:
    """Run to the end, its output on stderr; a failure ends dev.py."""
    code = subprocess.run(words(command), cwd=ROOT, env=env, stdout=sys.stderr, check=False).returncode
    if code:
        fail(f"failed with code {code}: {' '.join(words(command))}")


def works(command: Command) -> bool:
    return not subprocess.run(words(command), check=False, capture_output=True).returncode


# --- the virtual environment -----------------------------------------------------------------------------------------


def ensure_environment(*, dev: bool = False) -> None:
    """Make .venv with the locked requirements and the project in it; quick when nothing changed."""
    if sys.version_info < (3, 11, 2):
        fail(f"Python 3.11.2 or newer is needed, this is {sys.version.split()[0]}")
    with environment_lock():
        if not PYTHON.exists():
            make_venv()
        # The development lock holds the very pins of the other one, and more.
        locks = ["requirements.txt", "requirements-dev.txt"] if dev else ["requirements.txt"]
        if any(not is_installed(lock) for lock in locks):
            install(locks[-1])
            for lock in locks:
                stamp(lock).write_text(fingerprint(lock))
        compile_messages()


@contextlib.contextmanager
def environment_lock() -> Iterator[None]:
    """Two commands at once must not install into each other's hands."""
    with open(__file__) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_venv() -> None:
    say("Making .venv …")
    command: Command = [sys.executable, "-m", "venv", "--clear", "--without-pip", VENV]
    if not works(command):
        apt_install("python3-venv")
        run(command)


def stamp(lock: str) -> Path:
    return VENV / f"installed-{lock}"


def fingerprint(lock: str) -> str:
    """Everything that decides what an install leaves in .venv."""
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in (lock, "pyproject.toml"))).hexdigest()


def is_installed(lock: str) -> bool:
    return stamp(lock).exists() and stamp(lock).read_text() == fingerprint(lock)


def install(lock: str) -> None:
    say(f"Installing {lock} …")
    pip = installer()
    run([*pip, "--quiet", "--require-hashes", "-r", lock])
    run([*pip, "--quiet", "--no-deps", "--no-build-isolation", "-e", "."])


def installer() -> Command:
    """uv where there is one, else the pip of .venv, of ensurepip, or of the Python that runs this."""
    if uv := find_uv():
        return [uv, "pip", "install", "--compile-bytecode", "--python", PYTHON]
    own = [PYTHON, "-m", "pip"]
    outer = [sys.executable, "-m", "pip", "--python", PYTHON]
    options = ["install", "--disable-pip-version-check", "--root-user-action=ignore"]
    if works([*own, "--version"]) or works([PYTHON, "-m", "ensurepip"]):
        return [*own, *options]
    if works([*outer, "--version"]):
        return [*outer, *options]
    apt_install("python3-venv")
    run([PYTHON, "-m", "ensurepip"])
    return [*own, *options]


def find_uv() -> str | None:
    return shutil.which("uv") or shutil.which("uv", path=str(VENV / "bin"))


def apt_install(package: str) -> None:
    """The last resort, on Debian and its kin; elsewhere say what is missing."""
    if not shutil.which("apt-get") or os.geteuid():
        fail(f"please install {package} (Debian: apt-get install {package}) and start again")
    say(f"Installing {package} …")
    run(["apt-get", "update", "-qq"])
    run(["apt-get", "install", "-y", "-qq", package])


def compile_messages() -> None:
    """.po → .mo where the translation is newer; the compiled files are not committed."""
    for po in ROOT.glob("*/locale/*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            babel = [PYTHON, "-m", "babel.messages.frontend", "--quiet", "compile"]
            run([*babel, "--locale", po.parts[-3], "--input-file", po, "--output-file", mo])


# --- start, manage, lock ---------------------------------------------------------------------------------------------


def environment(data: Path) -> dict[str, str]:
    env = {**os.environ, "FORMIDLE_DATA": str(data.resolve()), "DJANGO_SETTINGS_MODULE": "cms.settings"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling at every start would take longer than starting
    return env


def start(port: int, data: Path, *, demo: bool) -> NoReturn:
    """The rest is cms/setup/start.py, in this very process: who signals or kills it reaches the supervisor."""
    ensure_environment()
    options = ["--demo", str(DEMO)] if demo else []
    env = environment(data)
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "cms.setup.start", str(port), *options], env)


def manage(arguments: Sequence[str]) -> NoReturn:
    """Only a leading --data is ours; all the rest is Django's, options included."""
    data = DATA
    match arguments:
        case ["--data", folder, *rest]:
            data, arguments = Path(folder), rest
        case [first, *rest] if first.startswith("--data="):
            data, arguments = Path(first.removeprefix("--data=")), rest
    ensure_environment()
    env = environment(data)
    if not (data / "db.sqlite3").exists() and not env.get("DATABASE_URL"):
        run([PYTHON, MANAGE, "prepare"], env)
    os.execve(PYTHON, [str(PYTHON), str(MANAGE), *arguments], env)


def lock() -> None:
    ensure_environment(dev=True)
    options = "--universal --generate-hashes --python-version 3.11.2 --no-emit-index-url --no-emit-find-links --upgrade"
    for name in ("requirements", "requirements-dev"):
        command = [find_uv() or "uv", "pip", "compile", "--quiet", *options.split()]
        run([*command, "--custom-compile-command", "python3 dev.py lock", f"{name}.in", "-o", f"{name}.txt"])
    say("Locks renewed; the next command installs them")


# --- test ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    command: Command


WITHOUT_DATABASE = ("engines_agree", "tantivy_engine", "evaluate", "nynorsk_map")


def steps(*, quick: bool) -> list[Step]:
    tool = VENV / "bin"
    pytest = [tool / "pytest", "-q", "--durations=20", "--durations-min=5", "--ignore=tests/bench"]
    # One more than a small machine has cores: tests of real processes mostly wait. Who runs what: tests/scheduling.py
    at_once = ["-n", "3"]
    checks = [
        Step("ruff", [tool / "ruff", "check", "."]),
        Step("format", [tool / "ruff", "format", "--check", "."]),
        Step("mypy", [tool / "mypy"]),
        Step("imports", [tool / "lint-imports", "--no-logo"]),
        Step("migrations", [PYTHON, MANAGE, "makemigrations", "--check", "--dry-run"]),
        Step("openapi", [PYTHON, MANAGE, "openapi", "--check"]),
        Step("contract", [PYTHON, MANAGE, "openapi", "--against"]),
    ]
    if quick:
        return [*checks, Step("pytest", [*pytest, *at_once, "-m", "not slow and not services", "tests/unit"])]
    # All that asks a database. Plugins bring an installation of their own; engines and word lists know no database.
    again = [
        PYTHON,
        "-m",
        "tests.postgres",
        *pytest,
        *at_once,
        "--ignore=tests/integration/plugins",
        "--ignore-glob=*/test_elasticsearch_*",
        *(f"--ignore=tests/integration/search/test_{name}.py" for name in WITHOUT_DATABASE),
        "tests/integration",
        "tests/faults",
    ]
    return [
        *checks,
        Step("services", [PYTHON, "-m", "tests.services"]),
        Step("pytest", [*pytest, *at_once]),
        Step("pytest on PostgreSQL", again),
    ]


def test(*, quick: bool) -> int:
    """Run every step, also after one that failed. The closing line counts steps; pytest's own stands above it."""
    ensure_environment(dev=True)
    failed, times = [], []
    with tempfile.TemporaryDirectory(prefix="formidle-test-") as data:
        env = environment(Path(data))
        del env["DJANGO_SETTINGS_MODULE"]  # pytest has its own
        for step in steps(quick=quick):
            print(f"\n== {step.name}", flush=True)
            began = time.monotonic()
            if subprocess.run(words(step.command), cwd=ROOT, env=env, check=False).returncode:
                failed.append(step.name)
            times.append(f"{step.name} {time.monotonic() - began:.1f} s")
    print("\nTimes: " + ", ".join(times))
    if failed:
        print("Failed: " + ", ".join(failed))
    print(f"{len(times) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


# --- the command line ------------------------------------------------------------------------------------------------


def parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("start", help="install, prepare, serve until stopped")
    one.add_argument("--port", type=int, default=8000)
    one.add_argument("--data", type=Path, default=DATA)
    one.add_argument("--no-demo", action="store_true")
    commands.add_parser("test", help="every check").add_argument("--quick", action="store_true")
    commands.add_parser("lock", help="renew the hashed requirements")
    # No prefix is ours here: options go to Django.
    commands.add_parser("manage", help="a management command", add_help=False, prefix_chars="\0").add_argument(
        "arguments", nargs="*"
    )
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> int:
    options = parse(argv)
    match options.command:
        case "start":
            start(options.port, options.data, demo=not options.no_demo)
        case "manage":
            manage(options.arguments)
        case "lock":
            lock()
        case "test":
            return test(quick=options.quick)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
