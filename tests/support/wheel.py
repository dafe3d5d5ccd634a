"""The package as pip would install it: built to a wheel and unpacked."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from support.workflow_project import REPOSITORY

MAIN = "from liftproof.cli import main; main()"
PROMISED = ("liftproof", "click", "numpy", "scipy", "yaml")
"""What can be imported after ``pip install liftproof``, beside the standard library."""


def unpacked_wheel(folder: Path) -> Path:
    """Build the repository's wheel and return a folder with its files, to be put on the path."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=REPOSITORY, capture_output=True, check=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def liftproof_from(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line of an unpacked wheel, outside the repository."""
    return _python(site, MAIN, *arguments)


BARE = f"""\
import sys
from importlib.machinery import PathFinder

KEPT = {{*{PROMISED}, *sys.stdlib_module_names}}


class Bare(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        top = name.partition(".")[0]
        return super().find_spec(name, path, target) if top in KEPT or top[0] == "_" else None


sys.meta_path = [Bare if finder is PathFinder else finder for finder in sys.meta_path]
"""
"""Hides every package that ``pip install liftproof`` would not have brought."""


def bare_python(site: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code with an unpacked wheel and the packages that it depends on, and no others."""
    return _python(site, BARE + code, *arguments)


def bare_liftproof(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line of an unpacked wheel without the packages of its extras."""
    return bare_python(site, MAIN, *arguments)


def _python(site: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code, which keeps its bytecode: else each process would compile the package anew."""
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *arguments],
        cwd=site.parent,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
