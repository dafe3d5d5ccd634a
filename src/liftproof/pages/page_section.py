"""What a section of a review's page is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.topics import require_topic


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSection:
    """A section of a review's page; the list of contents and the page follow from the record.

    ``anchor``: the end of its id. ``contents``: what the list of contents calls it.
    ``view_model``: what its template shows as ``view``; None where the review has nothing of the
    kind, and the section goes. ``template``: a file in the folder of the topic.
    ``row_classes``: the tables behind it, which the page offers as files.
    ``places``: the kinds of figures that its template places; others of its topic end it.
    ``needs_trials``: whether it is for reviews that pool trials alone.

    Raises UsageError for an unknown topic.
    """

    topic: str
    anchor: str
    contents: str
    heading: str
    view_model: Callable[[ReviewInputs], Any]
    template: str
    row_classes: tuple[type, ...] = ()
    places: tuple[str, ...] = ()
    needs_trials: bool = True

    def __post_init__(self) -> None:
        """Check the topic."""
        require_topic(self.topic)

    @property
    def template_path(self) -> str:
        """The template below the folder of the pages."""
        return f"{self.topic}/{self.template}"
