"""One start at a time on a data folder."""

from __future__ import annotations

import os
import subprocess

import pytest

from cms.setup import claim


def test_a_second_claim_names_the_process_that_holds_the_first(tmp_path):
    with (
        claim.claimed(tmp_path),
        pytest.raises(claim.InUseError, match=f"process {os.getpid()}"),
        claim.claimed(tmp_path),
    ):
        pass


def test_a_claim_ends_with_its_block(tmp_path):
    with claim.claimed(tmp_path):
        pass
    with claim.claimed(tmp_path):
        pass


def test_a_child_that_inherited_the_claim_is_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(claim, "PATIENCE", 0.3)
    with claim.claimed(tmp_path) as descriptor:
        child = subprocess.Popen(["sleep", "30"], pass_fds=[descriptor])
    gone = subprocess.Popen(["true"])
    gone.wait()
    (tmp_path / "lock").write_text(str(gone.pid))  # whoever started the child has died
    with pytest.raises(claim.InUseError, match="children of an earlier start"), claim.claimed(tmp_path):
        pass
    child.kill()
    child.wait()
    with claim.claimed(tmp_path):
        pass
