"""The topics of the pages: a folder each, with view models, words, drawing and templates."""

from pathlib import Path

from liftproof.errors import UsageError
from liftproof.suggest import did_you_mean

_PAGES = Path(__file__).parent


def topic_names() -> list[str]:
    """Return the topics by name."""
    return sorted(path.parent.name for path in _PAGES.glob("*/__init__.py"))


def require_topic(topic: str) -> None:
    """Raise UsageError, with the nearest topic, unless one has this name."""
    known = topic_names()
    if topic not in known:
        raise UsageError(f"{topic!r} is no topic of the pages: {did_you_mean(topic, known)}")
