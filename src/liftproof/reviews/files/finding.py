"""From what a user types to the folder of a review."""

import re
from collections.abc import Iterable
from pathlib import Path

from liftproof.errors import UsageError
from liftproof.files import PARTIAL
from liftproof.reviews.model.review_tables import REQUIRED_TABLES
from liftproof.suggest import did_you_mean

REVIEWS = Path("data") / "reviews"
NAME = re.compile(r"[A-Za-z0-9_-]+")
PROJECT = Path()
"""Where reviews are looked up unless told: the current folder."""
RESERVED = ("blog", "left_out")
"""Names below results/ that belong to no review."""


def names(root: Path) -> tuple[str, ...]:
    """Return the names of the reviews below ``root``/data/reviews, sorted.

    A folder that is being written is none yet. Raises UsageError for a name that cannot stand in a
    path below results/.
    """
    there = (path for path in (root / REVIEWS).glob("*") if not path.name.startswith(PARTIAL))
    found = sorted(path.name for path in there if _is_review(path))
    bad = [name for name in found if not NAME.fullmatch(name) or name in RESERVED]
    if bad:
        raise UsageError(
            f"{REVIEWS / bad[0]}: a review's folder is named with letters, digits, _ and -, and "
            f"not {' or '.join(RESERVED)}; rename it"
        )
    return tuple(found)


def named(wanted: Iterable[str], root: Path) -> tuple[str, ...]:
    """Return the wanted names, or all where none is wanted.

    Raises UsageError for a name that no review below ``root``/data/reviews has, and where there is
    no review at all.
    """
    known = names(root)
    if not known:
        raise UsageError(f"no review lies below {REVIEWS} in this folder")
    for name in wanted:
        if name not in known:
            raise UsageError(f"unknown review {name!r}, {did_you_mean(name, known)}")
    return tuple(wanted) or known


def find(name_or_path: str, root: Path = PROJECT) -> Path:
    """Return the folder of a review: a name below ``root``/data/reviews, or a path to any.

    Raises UsageError with the nearest known name. A name that is there is found without a look at
    the others.
    """
    folder = root / REVIEWS / name_or_path
    if NAME.fullmatch(name_or_path) and name_or_path not in RESERVED and _is_review(folder):
        return folder
    known = names(root)
    path = Path(name_or_path)
    if name_or_path and _is_review(path):
        return path
    if path.is_dir() and name_or_path:
        raise UsageError(f"{name_or_path} is no review: it holds no review.yaml and no tables")
    remedy = did_you_mean(name_or_path, known) if known else f"{root / REVIEWS} holds none"
    raise UsageError(f"unknown review {name_or_path!r}, {remedy}")


def find_new(name_or_path: str, root: Path = PROJECT) -> Path:
    """Return where a new review lies: a name below ``root``/data/reviews, or a path to a folder.

    Raises UsageError for a name that cannot stand in a path below results/.
    """
    path = Path(name_or_path)
    if not NAME.fullmatch(path.name) or path.name in RESERVED:
        raise UsageError(
            f"{name_or_path!r} cannot name a review: use letters, digits, _ and -, and not "
            f"{' or '.join(RESERVED)}"
        )
    return root / REVIEWS / path if len(path.parts) == 1 else path


def _is_review(path: Path) -> bool:
    """Say whether a folder holds any file that a review must have: the checks name the others."""
    return any((path / name).is_file() for name in ("review.yaml", *REQUIRED_TABLES))
