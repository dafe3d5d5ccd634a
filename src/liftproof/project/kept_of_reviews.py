"""What jobs keep from run to run, a folder a kind and review: they make what changed."""

import shutil
from contextlib import AbstractContextManager
from pathlib import Path

from liftproof.kept_content import KeptContent, kept_below
from liftproof.project.run_lock import FOLDER
from liftproof.reviews.files.finding import REVIEWS

DRAWINGS, ROWS, PUBLISHED = KINDS = ("drawings", "rows", "published")


def kept_of(review: str, kind: str) -> AbstractContextManager[KeptContent]:
    """Return what was made of a review of the current folder, and will be kept of it."""
    return kept_below(FOLDER / kind / review)


def forget_removed(project: Path) -> None:
    """Remove what is kept of reviews that are no more."""
    for kind in KINDS:
        for folder in (project / FOLDER / kind).glob("*"):
            if not (project / REVIEWS / folder.name).is_dir():
                shutil.rmtree(folder, ignore_errors=True)
