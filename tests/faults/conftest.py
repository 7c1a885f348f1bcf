from __future__ import annotations

import os
import random
import time

import pytest


@pytest.fixture
def draw() -> random.Random:
    """Draws the faults; its seed is printed, and FORMIDLE_FAULT_SEED repeats it."""
    seed = os.environ.get("FORMIDLE_FAULT_SEED") or str(time.time_ns())
    print(f"FORMIDLE_FAULT_SEED={seed}")
    return random.Random(seed)
