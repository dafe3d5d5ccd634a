"""Runs the test suite, given pytest's options, under each kernel of OpenBLAS that can run here."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from liftproof.arithmetic import BY_PROCESSOR

KERNELS = ("SkylakeX", "Haswell", "Zen", "Prescott")
"""With AVX-512, with AVX2, with AVX2 on AMD's processors, and with SSE3. They add up in different
orders, and so differ in the last digits; OPENBLAS_CORETYPE chooses one."""
ONLY_NAME = "--only-name-the-kernel"
"""Asks this script, started anew under a kernel, for ``in_use`` and nothing else."""
SIZE = 100
"""Of matrices whose product is the trial: large enough for a kernel's own instructions."""
REPOSITORY = Path(__file__).parents[2]


def in_use() -> str:
    """Return OpenBLAS's name of the kernel that NumPy takes, having used it.

    The process is killed where the processor cannot run the kernel.
    """
    _ = np.ones((SIZE, SIZE)) @ np.ones((SIZE, SIZE))
    carried = next((Path(np.__file__).parents[1] / "numpy.libs").glob("libscipy_openblas*"), None)
    if carried is None:
        sys.exit("This NumPy does not carry OpenBLAS: there are no kernels to choose from.")
    name = ctypes.CDLL(str(carried)).scipy_openblas_get_corename64_
    name.restype = ctypes.c_char_p
    return str(name().decode())


def under(
    kernel: str, *command: str, capture_output: bool = False
) -> "subprocess.CompletedProcess[str]":
    """Run Python with a kernel, in whatever it starts as well."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=REPOSITORY,
        env=os.environ | {"OPENBLAS_CORETYPE": kernel, BY_PROCESSOR: "processor"},
        capture_output=capture_output,
        text=True,
        check=False,
    )


def taken_for(kernel: str) -> str | None:
    """Return the kernel that NumPy takes where one is asked for; None where that kills it."""
    done = under(kernel, __file__, ONLY_NAME, capture_output=True)
    if done.returncode == -signal.SIGILL:
        return None
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout.strip()


def reasons_to_skip(taken: Mapping[str, str | None]) -> dict[str, str]:
    """Return why kernels are skipped, given what NumPy takes for each.

    >>> reasons_to_skip({"SkylakeX": None, "Haswell": "Haswell", "Zen": "Haswell"})
    {'SkylakeX': 'this processor cannot run it', 'Zen': 'this OpenBLAS has Haswell in its place'}
    """
    reasons: dict[str, str] = {}
    first: dict[str, str] = {}
    for kernel, name in taken.items():
        if name is None:
            reasons[kernel] = "this processor cannot run it"
        elif first.setdefault(name, kernel) != kernel:
            reasons[kernel] = f"this OpenBLAS has {first[name]} in its place"
    return reasons


def main(options: list[str]) -> None:
    """Run the suite under every kernel that is not skipped; exit with 1 where a run failed."""
    skipped = reasons_to_skip({kernel: taken_for(kernel) for kernel in KERNELS})
    results = {kernel: f"skipped: {reason}" for kernel, reason in skipped.items()}
    for kernel in KERNELS:
        if kernel not in skipped:
            print(f"== {kernel}", flush=True)
            code = under(kernel, "-m", "pytest", *options).returncode
            results[kernel] = "failed" if code else "passed"
    for kernel in KERNELS:
        print(f"{kernel}: {results[kernel]}")
    sys.exit("failed" in results.values())


if __name__ == "__main__":
    if sys.argv[1:] == [ONLY_NAME]:
        print(in_use())
    else:
        main(sys.argv[1:])
