"""The same arithmetic on every x86-64 processor, for whatever is started from here.

OpenBLAS, NumPy and the C library carry several versions of their functions and choose by processor.
These add up in other orders or round otherwise, and so differ in the last digits. Each is held to
versions that every processor has. That must be said before NumPy is loaded; the C library wants to
be told before a process begins, so that it is held in the jobs of the workflow alone.
"""

import os
import platform
from collections.abc import MutableMapping

HELD = {
    "OPENBLAS_CORETYPE": "Prescott",
    "OPENBLAS_NUM_THREADS": "1",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-FMA_Usable,-FMA4_Usable,-AVX2_Usable",
}
"""Environment variables: matrix products by SSE3 and in one thread, whose number decides how large
products are added up; NumPy's functions without AVX2 and AVX-512; exp, log and pow without FMA."""
BY_PROCESSOR = "LIFTPROOF_ARITHMETIC"
"""Where this variable is "processor", nothing is held: by it tests measure what would differ."""
_X86_64 = ("x86_64", "amd64")


def hold_arithmetic(environment: MutableMapping[str, str] = os.environ) -> None:
    """Hold the arithmetic of NumPy, if it is not loaded, and of the processes that are started.

    Elsewhere than on x86-64 it is held to one thread.

    >>> held = {}
    >>> hold_arithmetic(held)
    >>> held["OPENBLAS_NUM_THREADS"]
    '1'
    """
    if environment.get(BY_PROCESSOR) == "processor":
        return
    if platform.machine().lower() in _X86_64:
        environment.update(HELD)
    else:
        environment["OPENBLAS_NUM_THREADS"] = HELD["OPENBLAS_NUM_THREADS"]
