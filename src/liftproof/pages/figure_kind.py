"""What a kind of figure is: which ones a review has, their rows, view models, words, drawing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from liftproof.drawing.figure_form import FigureForm
from liftproof.pages.topics import require_topic
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review

if TYPE_CHECKING:  # the workflow and the report look up figures without drawing any
    from matplotlib.figure import Figure

FORMATS = ("svg", "png", "pdf")
"""Of the files of every figure, the page's first."""
View = TypeVar("View")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePlace:
    """Where a figure stands: ``figures/<analysis>/<stem>.svg``, and under an anchor in the page.

    ``called``: what the anchor calls it within the review, if not by analysis and stem.
    """

    review: str
    analysis: str
    stem: str
    called: str = ""

    @property
    def path(self) -> str:
        """Its file below ``figures/``, without suffix."""
        return f"{self.analysis}/{self.stem}"

    @property
    def anchor(self) -> str:
        """Its id in the page."""
        return f"review-{self.review}-{self.called or f'{self.analysis}-{self.stem}'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureText:
    """What is said of a figure, made from its view model, and where it stands.

    ``key``: unique in the page, put in front of the ids inside the drawing. ``title``: of the
    drawing; ``heading``: what the page calls it. ``alt_text``: what a reader takes from it at a
    glance; ``description``: the same at length, for screen readers.
    """

    place: FigurePlace
    key: str
    title: str
    heading: str
    alt_text: str
    description: str
    caption: str


class SpokenView(Protocol):
    """A view model that says itself what a reader takes from it, as :class:`FigureText` has it."""

    @property
    def key(self) -> str:
        """Unique in the page."""

    @property
    def title(self) -> str:
        """Of the drawing."""

    @property
    def alt_text(self) -> str:
        """At a glance."""

    @property
    def description(self) -> str:
        """At length."""


def text_of(view: SpokenView, place: FigurePlace, *, heading: str, caption: str) -> FigureText:
    """Return what a view model says of itself, under a heading and with a caption."""
    return FigureText(
        place=place,
        key=view.key,
        title=view.title,
        heading=heading,
        alt_text=view.alt_text,
        description=view.description,
        caption=caption,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureKind(Generic[View]):
    """A kind of figure. From this record follow the workflow's files, the page and the blog kit.

    ``name``: unique. ``label``: what screen readers are told that it is.
    ``shows``: what it shows, in a sentence or two. ``places``: the figures
    that a review has, told from its data alone, before anything is computed. ``row_classes``: the
    tables that ``views`` reads. ``draw`` draws in any form, and imports the drawing when it is
    called: only the jobs that draw need matplotlib. ``is_for_blogs``: whether its first one
    is the figure of the kit for a blog.

    Raises UsageError for an unknown topic.
    """

    name: str
    topic: str
    label: str
    shows: str
    places: Callable[[Review], Sequence[FigurePlace]]
    row_classes: tuple[type, ...]
    views: Callable[[Review, ResultRows], Sequence[View]]
    text: Callable[[View], FigureText]
    draw: Callable[[View, FigureForm], "Figure"]
    is_for_blogs: bool = False

    def __post_init__(self) -> None:
        """Check the topic."""
        require_topic(self.topic)
