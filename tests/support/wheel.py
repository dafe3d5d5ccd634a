"""The package as pip would install it: built to a wheel and unpacked."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from support.workflow_project import REPOSITORY


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
    return subprocess.run(
        [sys.executable, "-P", "-c", "from liftproof.cli import main; main()", *arguments],
        cwd=site.parent,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
