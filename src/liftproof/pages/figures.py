"""The registry of figures, and the files that follow from it.

The workflow asks for the files while it starts: nothing here imports what draws.
"""

from typing import Any

from liftproof.pages.diagnostics.funnel_figure import FUNNEL
from liftproof.pages.dose.dose_figure import DOSE
from liftproof.pages.figure_kind import FigureKind
from liftproof.pages.forest.forest_figure import FOREST
from liftproof.pages.forest.step_figure import IN_TIME, WITHOUT_EACH
from liftproof.pages.multiverse.curve_figure import CURVE
from liftproof.pages.prints.prints_figure import PRINTS
from liftproof.result_tables import RESULT_TABLES
from liftproof.reviews.model.review import Review

FIGURES: tuple[FigureKind[Any], ...] = (FOREST, CURVE, DOSE, PRINTS, IN_TIME, WITHOUT_EACH, FUNNEL)
PAGE_PIXELS = 1200
"""Width of the PNG for pages, which the kit for a blog holds."""


def kinds_drawn(review: Review) -> tuple[FigureKind[Any], ...]:
    """Return the kinds of figures of which a review has any."""
    return tuple(kind for kind in FIGURES if kind.places(review))


def kinds_for_blogs(review: Review) -> tuple[FigureKind[Any], ...]:
    """Return the kinds of figures whose first one is in the kit for a blog."""
    return tuple(kind for kind in kinds_drawn(review) if kind.blog_prefix is not None)


def tables_drawn(review: Review) -> list[str]:
    """Return the files, below ``results/<review>/``, that the figures of a review are made from."""
    classes = [each for kind in kinds_drawn(review) for each in kind.row_classes]
    return [RESULT_TABLES[each].file for each in dict.fromkeys(classes)]


def svg_files(review: Review) -> list[str]:
    """Return the drawings of a review for its page, below ``results/<review>/figures/``."""
    places = [place for kind in kinds_drawn(review) for place in kind.places(review)]
    return [f"{place.path}.svg" for place in places]


def figure_files(review: Review) -> list[str]:
    """Return every file that is drawn of a review, below ``results/<review>/figures/``."""
    first = [kind.places(review)[0] for kind in kinds_for_blogs(review)]
    return [
        *(
            f"{place.path}.{suffix}"
            for kind in kinds_drawn(review)
            for place in kind.places(review)
            for suffix in kind.formats
        ),
        *(f"{place.path}_{PAGE_PIXELS}px.png" for place in first),
    ]


def blog_files(review: Review) -> list[str]:
    """Return the files of the kit for a blog, below ``results/blog/<review>/``."""
    return [
        name
        for kind in kinds_for_blogs(review)
        for stem in [kind.places(review)[0].stem]
        for name in (
            f"{stem}.svg",
            f"{stem}.png",
            *(f"{kind.blog_prefix}{text}" for text in ("alt.txt", "caption.txt", "figure.html")),
        )
    ]
