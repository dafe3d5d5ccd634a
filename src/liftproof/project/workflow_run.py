"""The workflow on a project: the package's own Snakefile, run in the project's folder."""

import subprocess
import sys
from pathlib import Path

from liftproof.errors import ProjectError
from liftproof.project.shipped import shipped_files

REPORT = Path("results") / "report.html"
CONFIG = Path("config") / "config.yaml"


def run_workflow(folder: Path, cores: int) -> Path:
    """Bring everything below ``results/`` of a project up to date; return the report's path.

    Raises ProjectError where the folder is no project and where the workflow stops.
    """
    if not (folder / CONFIG).is_file():
        raise ProjectError(
            f"{folder / CONFIG}: not found; name the folder of a project, "
            "or make one: liftproof init FOLDER"
        )
    if subprocess.run(snakemake_command(folder, cores), check=False).returncode:
        raise ProjectError("The workflow stopped; what is printed above says why")
    return folder.resolve() / REPORT


def snakemake_command(folder: Path, cores: int) -> list[str]:
    """Return the command that runs the workflow with the settings that the repository uses."""
    shipped = shipped_files()
    return [
        *(sys.executable, "-P", "-m", "snakemake"),
        *("--snakefile", str(shipped / "workflow" / "Snakefile")),
        *("--workflow-profile", str(shipped / "profiles" / "default")),
        *("--directory", str(folder)),
        *("--cores", str(cores)),
    ]
