"""The registry of figures, and the files that follow from it.

The workflow asks for the files while it starts: nothing here imports what draws.
"""

from typing import Any

from liftproof.drawing.figure_form import NARROW
from liftproof.pages.certainty.bias_figure import RISK_OF_BIAS
from liftproof.pages.certainty.icon_figure import ICONS
from liftproof.pages.diagnostics.funnel_figure import FUNNEL
from liftproof.pages.diagnostics.gosh_figure import GOSH
from liftproof.pages.diagnostics.panel_figures import PANELS
from liftproof.pages.dose.dose_figure import DOSE
from liftproof.pages.figure_kind import FORMATS, FigureKind, FigurePlace
from liftproof.pages.forest.forest_figure import FOREST
from liftproof.pages.forest.step_figure import IN_TIME, WITHOUT_EACH
from liftproof.pages.multiverse.curve_figure import CURVE
from liftproof.pages.printed.reproduction_figure import REPRODUCTION
from liftproof.pages.prints.prints_figure import PRINTS
from liftproof.pages.sources.flow_figure import FLOW
from liftproof.result_tables import written_files
from liftproof.reviews.model.review import Review

FIGURES: tuple[FigureKind[Any], ...] = (
    *(FOREST, CURVE, DOSE, PRINTS, IN_TIME, WITHOUT_EACH, FUNNEL),
    *PANELS,
    GOSH,
    *(REPRODUCTION, ICONS, RISK_OF_BIAS, FLOW),
)
PAGE_PIXELS = 1200
"""Width of the PNG for pages, which the kit for a blog holds."""


def kinds_drawn(review: Review) -> tuple[FigureKind[Any], ...]:
    """Return the kinds of figures of which a review has any."""
    return tuple(kind for kind in FIGURES if kind.places(review))


def kinds_for_blogs(review: Review) -> tuple[FigureKind[Any], ...]:
    """Return the kinds of figures whose first one is in the kit for a blog."""
    return tuple(kind for kind in kinds_drawn(review) if kind.is_for_blogs)


def narrow_places(review: Review) -> tuple[FigurePlace, ...]:
    """Return the figures that are drawn for phones, too: the first of each kind."""
    return tuple(kind.places(review)[0] for kind in kinds_drawn(review))


def tables_drawn(review: Review) -> list[str]:
    """Return the files, below ``results/<review>/``, that the figures of a review are made from."""
    classes = [each for kind in kinds_drawn(review) for each in kind.row_classes]
    return written_files(review, dict.fromkeys(classes))


def svg_files(review: Review) -> list[str]:
    """Return the drawings of a review for its page, below ``results/<review>/figures/``."""
    places = [place for kind in kinds_drawn(review) for place in kind.places(review)]
    return [f"{place.path}.svg" for place in places]


def narrow_files(review: Review) -> list[str]:
    """Return the drawings of a review for its page on phones, in the same folder."""
    return [f"{place.path}{NARROW.suffix}.svg" for place in narrow_places(review)]


def figure_files(review: Review) -> list[str]:
    """Return every file of a review's figures, below ``results/<review>/figures/``."""
    return [*drawn_files(review), *page_pictures(review)]


def page_pictures(review: Review) -> list[str]:
    """Return the pictures for pages, which come with the kit for a blog."""
    first = [kind.places(review)[0] for kind in kinds_for_blogs(review)]
    return [f"{place.path}_{PAGE_PIXELS}px.png" for place in first]


def drawn_files(review: Review) -> list[str]:
    """Return every other file that is drawn of a review."""
    return [
        *(
            f"{place.path}.{suffix}"
            for kind in kinds_drawn(review)
            for place in kind.places(review)
            for suffix in FORMATS
        ),
        *narrow_files(review),
    ]


def blog_files(review: Review) -> list[str]:
    """Return the files of the kit for a blog, below ``results/blog/<review>/``."""
    return [
        name for kind in kinds_for_blogs(review) for name in kit_files(kind.places(review)[0].stem)
    ]


def kit_files(stem: str) -> list[str]:
    """Return the files of a kit whose figure is called ``stem``."""
    return [
        *(f"{stem}{ending}" for ending in (".svg", ".png", "_2x.png", ".webp")),
        *(f"{stem}{NARROW.suffix}{ending}" for ending in (".svg", ".png", ".webp")),
        *("share.png", "alt.txt", "caption.txt", "figure.html", "figure_img.html"),
        *("summary.md", "data.csv", "citation.bib", "citation.json", "index.html"),
    ]
