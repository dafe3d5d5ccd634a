"""Reproduce published meta-analyses from sourced trial data, and say where it cannot be done.

The names of :mod:`liftproof.api` can be used from here. Each is imported when it is first asked
for, with the module that holds it and no other: the command line starts at once, and pooling
waits for no plotting. Type checkers read the same names from the same list. :mod:`liftproof.plot`
is imported likewise, when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from liftproof import plot as plot
    from liftproof.api import *  # noqa: F403
else:  # to a type checker, a module's __getattr__ makes every misspelt name exist
    MODULES = ("plot",)

    def __getattr__(name):
        """Return a name of the front door, and keep it for the next time."""
        if name in MODULES:
            return import_module(f"liftproof.{name}")
        places = import_module("liftproof.front_door").module_of_each_name()
        if name == "__all__":
            return sorted(places)
        if name not in places:
            told = import_module("liftproof.metafors_names").module_lacks(name, places)
            raise AttributeError(told)
        return globals().setdefault(name, getattr(import_module(places[name]), name))

    def __dir__():
        """Return the names of the front door, for completion in a terminal."""
        return sorted({*globals(), *MODULES, *__getattr__("__all__")})
