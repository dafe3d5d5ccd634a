"""How seldom Python searches memory for rings that nothing points to: rows and figures are many."""

import gc

_SELDOM = (100_000, 20, 20)
"""How many new objects, and rounds, before memory is searched: rows of tables stay to the end of a
verb, and are no rings. By default a seventh of the time in which 5,000 trials are read went into
such searches, a twelfth of that in which figures are drawn."""


def collect_seldom() -> None:
    """Search seldom from now on in this process."""
    gc.set_threshold(*_SELDOM)
