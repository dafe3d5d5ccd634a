"""From what a user types to the folder of a review."""

from pathlib import Path

from liftproof.errors import UsageError
from liftproof.reviews.records import REQUIRED_TABLES
from liftproof.suggest import did_you_mean

REVIEWS = Path("data") / "reviews"


def names(root: Path) -> tuple[str, ...]:
    """Return the names of the reviews below ``root``/data/reviews, sorted."""
    below = (root / REVIEWS).glob("*")
    return tuple(sorted(path.name for path in below if _is_review(path)))


def find(name_or_path: str, root: Path) -> Path:
    """Return the folder of a review: a name below ``root``/data/reviews, or a path to any.

    Raises UsageError with the nearest known name.
    """
    known = names(root)
    if name_or_path in known:
        return root / REVIEWS / name_or_path
    path = Path(name_or_path)
    if name_or_path and _is_review(path):
        return path
    if path.is_dir() and name_or_path:
        raise UsageError(f"{name_or_path} is no review: it holds no review.yaml and no tables")
    remedy = did_you_mean(name_or_path, known) if known else f"{root / REVIEWS} holds none"
    raise UsageError(f"unknown review {name_or_path!r}, {remedy}")


def _is_review(path: Path) -> bool:
    """Say whether a folder holds any file that a review must have: the checks name the others."""
    return any((path / name).is_file() for name in ("review.yaml", *REQUIRED_TABLES))
