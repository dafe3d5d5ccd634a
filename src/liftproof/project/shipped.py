"""Where the workflow and the example review lie: in the installed package or in the repository."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

EXAMPLE = "lauersen2018"
"""The review that a new project begins with; pyproject.toml puts it into the wheel."""


def shipped_files() -> Path:
    """Return the folder with ``workflow``, ``config``, ``profiles`` and ``data``.

    A wheel carries them beside this module; a checkout has them where they are edited.
    """
    inside = Path(str(files("liftproof.project"))) / "files"
    return inside if inside.is_dir() else Path(__file__).parents[3]


def template_files() -> Path:
    """Return the folder with those files of a new project that are written for it alone."""
    return Path(str(files("liftproof.project"))) / "template"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A workflow on disk; ``profile`` and ``scripts`` are folders."""

    snakefile: Path
    profile: Path
    scripts: Path


def workflow_of(project: Path) -> Workflow:
    """Return the project's own workflow; the package's where it has none."""
    own = (project / "Snakefile").is_file() and (project / "workflow" / "scripts").is_dir()
    root = project if own else shipped_files()
    return Workflow(
        snakefile=root / ("Snakefile" if own else "workflow/Snakefile"),
        profile=root / "profiles" / "default",
        scripts=root / "workflow" / "scripts",
    )
