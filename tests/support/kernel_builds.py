"""Builds the project under several processors' arithmetic, and compares every file of the results.

By hand, outside CI: ``make test-kernels``, or ``python tests/support/kernel_builds.py`` with names
of reviews, for a part of the project. As the workflow holds its arithmetic, all must be the same.
With the variable that lets the processor choose, it is counted which files are not.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from liftproof.arithmetic import BY_PROCESSOR
from support.workflow_project import REPOSITORY, copy_program, files

OLD = {
    "OPENBLAS_CORETYPE": "Prescott",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-FMA_Usable,-FMA4_Usable,-AVX2_Usable",
}
"""Makes of a processor one without AVX2 and FMA."""
LEFT = {BY_PROCESSOR: "processor"}
BUILDS: Mapping[str, Mapping[str, str]] = {
    "held, on one without AVX2 and FMA": OLD,
    "left to one with AVX2": {"OPENBLAS_CORETYPE": "Haswell"} | LEFT,
    "left to one with AVX2, matrices by SSE3": {"OPENBLAS_CORETYPE": "Prescott"} | LEFT,
    "left to one without AVX2 and FMA": OLD | LEFT,
}
"""Environments by what they stand for; what comes out is held against this processor's results."""


def copy_project(folder: Path, reviews: Sequence[str]) -> None:
    """Copy the project, or some reviews of it, without results."""
    copy_program(folder)
    data = REPOSITORY / "data" / "reviews"
    for name in reviews or sorted(path.name for path in data.iterdir()):
        shutil.copytree(data / name, folder / "data" / "reviews" / name)
    if not reviews:
        shutil.copy2(REPOSITORY / "data" / "claims.yaml", folder / "data")


def build(source: Path, folder: Path, variables: Mapping[str, str]) -> dict[str, bytes]:
    """Build a copy of a project; return path to content of the results."""
    shutil.copytree(source, folder)
    command = [str(Path(sys.executable).parent / "liftproof"), "report"]
    environment = {**os.environ, **variables, "PYTHONPATH": str(folder / "src")}
    subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
    return files(folder / "results")


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Return the files that differ, without the lists of digests, which differ with them."""
    paths = one.keys() | other.keys()
    lists = ("manifest.json", ".digests/")
    return sorted(
        path for path in paths if not path.startswith(lists) and one.get(path) != other.get(path)
    )


def main(reviews: Sequence[str]) -> int:
    """Print which files differ in each environment; return how many where none may."""
    place = Path(tempfile.mkdtemp(prefix="kernels"))
    copy_project(place / "source", reviews)
    expected = build(place / "source", place / "held", {})
    wrong = 0
    for name, variables in BUILDS.items():
        found = build(place / "source", place / name.replace(" ", "-"), variables)
        paths = differing(expected, found)
        wrong += 0 if BY_PROCESSOR in variables else len(paths)
        print(f"{name}: {len(paths)} of {len(expected)} files differ", flush=True)
        for path in paths:
            print(f"    {path}", flush=True)
    print(f"The results are in {place}")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
