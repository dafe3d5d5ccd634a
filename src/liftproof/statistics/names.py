"""metafor's names of methods that are called otherwise here."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from liftproof.errors import InputError
from liftproof.vocabulary.choices import ALIASES

P = ParamSpec("P")
Found = TypeVar("Found")


def by_metafors_names(function: Callable[P, Found]) -> Callable[P, Found]:
    """Let the options ``tau2``, ``interval`` and ``prediction`` be given by metafor's names too.

    The function, and its result, see the name that is used here: FE for EE, wald for z. Raises
    InputError for what is no name.

    >>> by_metafors_names(lambda *, tau2: tau2)(tau2="EE")
    'FE'
    """

    return _named(function, ())


def by_metafors_names_or_given(function: Callable[P, Found]) -> Callable[P, Found]:
    """Let a function be called so, whose ``tau2`` may also be a number: τ² that is given.

    >>> by_metafors_names_or_given(lambda *, tau2: tau2)(tau2=0.1)
    0.1
    """
    return _named(function, ("tau2",))


def _named(function: Callable[P, Found], or_given: tuple[str, ...]) -> Callable[P, Found]:
    """Let a function be called by metafor's names; ``or_given``: what need not be a name."""

    @wraps(function)
    def named(*args: P.args, **options: P.kwargs) -> Found:
        given: dict[str, Any] = {
            key: value if key in or_given and not isinstance(value, str) else _known(key, value)
            for key, value in options.items()
        }
        return function(*args, **given)

    return named


def _known(key: str, value: Any) -> Any:
    """Return the name used here of a method, or raise InputError; other options as they are."""
    if key not in ALIASES:
        return value
    if not isinstance(value, str):
        raise InputError(f"{key} must be the name of a method, not {value!r}.")
    return ALIASES[key].get(value, value)
