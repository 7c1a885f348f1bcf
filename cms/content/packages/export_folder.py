"""The folder that an export is written to."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cms.content.packages.faults import Fault, PackageError
from cms.content.packages.source import FILE, FORMAT


class ExportFolder:
    """New, empty, or with an earlier export, which is replaced. Nothing else is ever overwritten or removed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._earlier = _earlier_files(folder)

    def write(self, content: dict[str, Any], files: Mapping[str, Any]) -> None:
        """``files``: {name: FieldFile}. The JSON comes last: a broken export has none, or the earlier one."""
        for name, source in files.items():
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with source.storage.open(source.name) as original, path.open("wb") as copy:
                shutil.copyfileobj(original, copy)
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f"{FILE}.part"
        draft.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.replace(self._folder / FILE)
        for name in self._earlier - files.keys():
            (self._folder / name).unlink(missing_ok=True)


def _earlier_files(folder: Path) -> set[str]:
    """Names of the files of an export that stands there already."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return set()
    try:
        content = json.loads((folder / FILE).read_bytes())
        if content["format"] == FORMAT:
            names = {item["file"] for part in ("images", "documents") for item in content[part].values()}
            return {name for name in names if (folder / name).resolve().is_relative_to(folder.resolve())}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        pass
    raise PackageError([Fault("", f"{folder} is neither empty nor an earlier export")])
