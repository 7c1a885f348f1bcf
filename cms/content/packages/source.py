"""The file of a package: JSON, and nothing in it that no database could hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NoReturn

from cms.content.packages.faults import Fault, Faults, PackageError

FORMAT = "formidle-content/1"
FILE = "content.json"
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""JSON can escape what neither UTF-8 nor PostgreSQL can hold: lone surrogates and NUL."""


def read(path: Path) -> tuple[Path, dict[str, Any]]:
    """Folder and content of a package, given its content.json or the folder with it. Raises PackageError."""
    file = path / FILE if path.is_dir() else path
    try:
        text = file.read_bytes().decode("utf-8-sig")
        data = json.loads(text, parse_constant=_no_number)
    except OSError as error:
        raise _error(f"{file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise _error(f"{file}: not UTF-8, at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise _error(f"{file}: not JSON: line {error.lineno} column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise _error(f"{file}: nested too deeply") from error
    except ValueError as error:  # NaN, Infinity, a number with thousands of digits
        raise _error(f"{file}: {error}") from error
    if not isinstance(data, dict):
        raise _error(f'{file}: a package is an object with "format": "{FORMAT}"')
    faults = Faults()
    try:
        _check_texts(data, faults)
    except RecursionError as error:
        raise _error(f"{file}: nested too deeply") from error
    faults.stop_if_any()
    return file.parent, data


def _error(message: str) -> PackageError:
    return PackageError([Fault("", message)])


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")


def _check_texts(value: Any, faults: Faults) -> None:
    if isinstance(value, str):
        if UNSTORABLE.search(value):
            faults.fault("the text has a character that cannot be stored")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            with faults.at(index):
                _check_texts(item, faults)
    elif isinstance(value, dict):
        for key, item in value.items():
            with faults.at(key):
                _check_texts(key, faults)
                _check_texts(item, faults)
