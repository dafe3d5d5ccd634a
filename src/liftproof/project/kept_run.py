"""What the last whole run followed from, kept so that a run with nothing to do starts no workflow.

The records of jobs tell what each read and wrote; the rest is a digest of the workflow's files, the
configuration, the whole package, the versions of the software and what Snakemake takes from the
environment. Dates decide nothing. Whatever is in doubt starts the workflow.
"""

import os
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from liftproof.citation_file import citation_path
from liftproof.code import PACKAGE
from liftproof.content import digest
from liftproof.errors import LiftproofError, WriteError
from liftproof.files import write_text
from liftproof.job_records import read_records, written
from liftproof.left_out import VARIABLE
from liftproof.project.run_lock import FOLDER
from liftproof.project.shipped import workflow_of
from liftproof.project.verification import verify
from liftproof.reviews.files.configuration_file import house_files, house_style
from liftproof.software import versions

KEPT = FOLDER / "whole_run"
"""The digest of what the last run followed from, beside what its jobs have recorded."""
_ENGINE = Path(".snakemake")
_PASSED = ("SNAKEMAKE", VARIABLE)
"""How the names of environment variables begin that say what a run is to do."""
_PARTS = re.compile(
    r"^[ \t]*(include|configfile|module|use|subworkflow|pepfile|workdir)\b(.*)", re.MULTILINE
)
_LITERAL = re.compile(r"[ \t]*:[ \t]*\"([^\"{}]+)\"[ \t]*$")


def basis_of(project: Path) -> str:
    """Return the digest of what a run follows from beside data; empty where that is unknown."""
    try:
        return sha256("\n".join(_lines(project)).encode("utf-8", "surrogateescape")).hexdigest()
    except (LiftproofError, OSError):
        return ""


def is_as_made(project: Path, basis: str) -> bool:
    """Say whether all results are those of a whole run on what is there now, ``basis`` included."""
    kept = project / KEPT
    if not basis or not kept.is_file() or kept.read_bytes() != basis.encode():
        return False
    with suppress(LiftproofError):
        return not _has_unfinished(project) and not verify(project)
    return False


def keep_basis(project: Path, basis: str) -> None:
    """Keep what a whole run followed from, if nothing was edited meanwhile, and all of it is known.

    ``basis``: that from before the run.
    """
    if basis and basis == basis_of(project):
        with suppress(WriteError, OSError, ValueError):  # then the next run starts the workflow
            if _is_ours(project):
                write_text(project / KEPT, basis)


def forget_basis(project: Path) -> None:
    """Have the next run start the workflow, however this one ends."""
    (project / KEPT).unlink(missing_ok=True)


def _lines(project: Path) -> Iterator[str]:
    """Yield the files and words that a digest is of, in an order that is always the same."""
    root = workflow_of(project).scripts.parents[1]
    yield from (f"{path.relative_to(root)} {digest(path)}" for path in _workflow_files(root))
    yield from (f"{path.relative_to(PACKAGE)} {digest(path)}" for path in _below(PACKAGE))
    yield from (
        f"{path.relative_to(project)} {digest(path)}" for path in _below(project / "config")
    )
    cited = citation_path(project)
    named = [*([str(cited)] if cited else []), *house_files(house_style(project))]
    yield from (f"{path} {digest(project / path)}" for path in named)
    yield from (f"{name} {number}" for name, number in versions())
    passed = sorted(name for name in os.environ if name.startswith(_PASSED))
    yield from (f"{name}={os.environ[name]}" for name in passed)


def _workflow_files(root: Path) -> list[Path]:
    """Return the files of a workflow: its rules, scripts, profile and environments."""
    folders = ("workflow", "profiles", "envs")
    own = [root / "Snakefile"] if (root / "Snakefile").is_file() else []
    return [*own, *(path for name in folders for path in _below(root / name))]


def _below(folder: Path) -> list[Path]:
    """Return the files below a folder, bytecode left out, sorted; and links to other folders.

    A link to a folder has no digest: what is below it is not known.
    """
    return sorted(
        path
        for place, folders, names in os.walk(folder)
        if Path(place).name != "__pycache__"
        for path in map(Path(place).joinpath, [*names, *folders])
        if path.is_symlink() or not path.is_dir()
    )


def _has_unfinished(project: Path) -> bool:
    """Say whether Snakemake has noted a job that never ended."""
    return any((project / _ENGINE / "incomplete").glob("*"))


def _is_ours(project: Path) -> bool:
    """Say whether the workflow has no parts but those that a digest sees, and no rules but ours.

    A project's own may include what lies elsewhere, and have rules whose files no record tells.
    """
    files = _workflow_files(workflow_of(project).scripts.parents[1])
    seen = {*files, *_below(project / "config")}
    known_results = written(read_records(project).values())
    parts = (part for path in files if _holds_rules(path) for part in _parts_of(path, project))
    return all(part in seen for part in parts) and all(
        path in known_results or path.startswith("results/.digests/")
        for path in _noted(project)
        if (project / path).exists()
    )


def _holds_rules(path: Path) -> bool:
    return path.name == "Snakefile" or path.suffix == ".smk"


def _parts_of(path: Path, project: Path) -> Iterator[Path | None]:
    """Yield the files that a file of rules names as parts of the workflow; None for other ways."""
    for found in _PARTS.finditer(path.read_text(encoding="utf-8")):
        folder = {"include": path.parent, "configfile": project}.get(found[1])
        literal = _LITERAL.match(found[2])
        yield folder / literal[1] if folder and literal else None


def _noted(project: Path) -> Iterator[str]:
    """Yield the paths of which Snakemake has noted that a job made them.

    Each is the name of a note, coded; a long one is cut into folders, which begin with "@".
    """
    top = project / _ENGINE / "metadata"
    for path in _below(top):
        name = "".join(path.relative_to(top).parts).replace("@", "")
        yield urlsafe_b64decode(name).decode("utf-8", "surrogateescape")
