"""Which figures of a review show something else than before."""

from collections.abc import Iterator

from liftproof.analysis.changes.review_changes import ReviewChanges
from liftproof.pages.figures import FIGURES
from liftproof.pages.forest.forest_figure import FOREST
from liftproof.pages.prints.prints_figure import PRINTS
from liftproof.reviews.review_folder import PRINTS as PRINTS_FILE


def changed_figures(changes: ReviewChanges) -> tuple[str, ...]:
    """Return the figures made from what changed, below ``figures/``, without suffix.

    Forest plots: those with another number. Of what other kinds show more goes into a figure than
    an estimate, so they count where a trial that their analysis selects, or its settings, changed.
    """
    return tuple(_changed(changes))


def _changed(changes: ReviewChanges) -> Iterator[str]:
    redrawn = {one.analysis for one in changes.analyses if one.is_changed}
    touched = {one.analysis for one in changes.analyses if one.is_touched}
    files = {edit.file for edit in changes.edits.cells}
    files |= {edit.file for edit in changes.edits.rows}
    for kind in FIGURES:
        for place in kind.places(changes.review):
            analyses = redrawn if kind is FOREST else touched
            is_of_prints = kind is PRINTS and PRINTS_FILE in files
            if is_of_prints or place.analysis in analyses:
                yield place.path
