"""A drawn figure as it stands in a page."""

from pathlib import Path

from markupsafe import Markup


def drawn(path: Path) -> Markup:
    """Return a drawing of our own: an <svg> element, its texts escaped, its ids of the figure."""
    return Markup(path.read_text(encoding="utf-8"))
