"""Figures kept from run to run, below a folder of each review: a job draws those that changed."""

import shutil
from contextlib import AbstractContextManager
from pathlib import Path

from liftproof.kept_content import KeptContent, kept_below
from liftproof.project.run_lock import FOLDER
from liftproof.reviews.files.finding import REVIEWS

KEPT = FOLDER / "drawings"


def kept_drawings(review: str) -> AbstractContextManager[KeptContent]:
    """Return what was drawn of a review of the current folder, and will be kept of it."""
    return kept_below(KEPT / review)


def forget_drawings(project: Path) -> None:
    """Remove what was drawn of reviews that are no more."""
    for folder in (project / KEPT).glob("*"):
        if not (project / REVIEWS / folder.name).is_dir():
            shutil.rmtree(folder, ignore_errors=True)
