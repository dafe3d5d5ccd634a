"""The data that the last reports were made from, kept to be held against those of now.

They lie below ``.snakemake/liftproof``, not below ``results/``: they are history, and results are a
function of the data.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from liftproof.content import digest
from liftproof.files import PARTIAL, copy
from liftproof.manifest import read_manifest
from liftproof.project.run_lock import FOLDER
from liftproof.reviews.files.claims_file import CLAIMS
from liftproof.reviews.files.configuration_file import configured
from liftproof.reviews.files.finding import REVIEWS, named

LAST = FOLDER / "last_report"
"""The data that the last report was made from."""
EARLIER = FOLDER / "earlier_report"
"""Those of the last report that was made from other data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptData:
    """Data kept of a report: a folder laid out like the project. ``since``: which, in words."""

    root: Path
    since: str


def keep_data(project: Path) -> bool:
    """Keep the data of the report just made; return whether an earlier one had others.

    Nothing is kept where the report does not rest on what lies there now: something was left out,
    or edited meanwhile.
    """
    now = _digests(project, _files(project))
    used = (read_manifest(project) or {}).get("data", {})
    if now != {path: value for path, value in used.items() if _is_kept(Path(path))}:
        return False
    if now == _kept(project, LAST):
        return False
    fresh = project / FOLDER / f"{PARTIAL}{LAST.name}"
    shutil.rmtree(fresh, ignore_errors=True)
    for path in now:
        copy(project / path, fresh / path)
    had_one = (project / LAST).exists()
    if had_one:
        shutil.rmtree(project / EARLIER, ignore_errors=True)
        (project / LAST).rename(project / EARLIER)
    fresh.rename(project / LAST)
    return had_one


def data_before(project: Path) -> KeptData | None:
    """Return the data that those of now are to be held against; None where no report was made.

    Those of the last report; where nothing was edited since, those of the one before it.
    """
    last = _kept(project, LAST)
    is_edited = last != _digests(project, _files(project))
    if not is_edited and (project / EARLIER).exists():
        return KeptData(root=project / EARLIER, since="in the last report, since the one before it")
    return KeptData(root=project / LAST, since="since the last report") if last else None


def _files(project: Path) -> list[str]:
    """Return the data that the workflow reads, as paths within the project."""
    reviews = named(configured(project), project)
    files = [path for name in reviews for path in (project / REVIEWS / name).glob("*.[cy]*")]
    files += [path for path in [project / CLAIMS] if path.exists()]
    return sorted(str(path.relative_to(project)) for path in files)


def _is_kept(path: Path) -> bool:
    """Say whether a file is one of a review or of claims: how results are cited is no data."""
    return path == CLAIMS or path.is_relative_to(REVIEWS)


def _kept(project: Path, place: Path) -> dict[str, str]:
    root = project / place
    files = (path for path in root.rglob("*") if path.is_file())
    return _digests(root, sorted(str(path.relative_to(root)) for path in files))


def _digests(root: Path, paths: list[str]) -> dict[str, str]:
    return {path: digest(root / path) for path in paths}
