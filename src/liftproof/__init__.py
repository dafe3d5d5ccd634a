"""Reproduce published meta-analyses from sourced trial data, and say where it cannot be done.

The names of :mod:`liftproof.api` can be used from here; they are imported when first asked for, so
that the command line starts at once.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Return a name of the front door.

    A module of the package is none: ``from liftproof import tables`` asks here first, and would
    load everything behind the door.
    """
    is_public = not name.startswith("_") and find_spec(f"{__name__}.{name}") is None
    if name == "__all__" or is_public:
        door = import_module("liftproof.api")
        if name == "__all__" or name in door.__all__:
            return getattr(door, name)
    raise AttributeError(f"module 'liftproof' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the names of the front door, for completion in a terminal."""
    return sorted([*globals(), *import_module("liftproof.api").__all__])
