"""A link to a place in a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """``anchor``: the id of the place; a page's ``address`` says how it is reached."""

    text: str
    anchor: str
