"""What ``liftproof pool`` prints does not hang on the processor."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from liftproof.arithmetic import BY_PROCESSOR, hold_arithmetic
from support.workflow_project import REPOSITORY

pytestmark = pytest.mark.slow

LIFTPROOF = Path(sys.executable).with_name("liftproof")
NO_FMA = "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-FMA_Usable,-FMA4_Usable,-AVX2_Usable"


def pooled(**variables):
    done = subprocess.run(
        [LIFTPROOF, "pool", "running_economy", "--analysis", "plyometric", "--json"],
        cwd=REPOSITORY,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_kernels_asked_for_give_the_same_bytes():
    # Left to the processor, 67 numbers of this review differ, by up to 5e-15
    expected = pooled(OPENBLAS_CORETYPE="Haswell")
    assert pooled(OPENBLAS_CORETYPE="Prescott", GLIBC_TUNABLES=NO_FMA) == expected


def test_arithmetic_is_held_unless_the_processor_is_to_choose():
    held, left = {"OPENBLAS_CORETYPE": "Zen"}, {BY_PROCESSOR: "processor"}
    hold_arithmetic(held)
    hold_arithmetic(left)
    assert held["OPENBLAS_NUM_THREADS"] == "1"
    assert left == {BY_PROCESSOR: "processor"}
