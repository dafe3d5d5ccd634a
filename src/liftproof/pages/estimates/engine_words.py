"""Second opinions, as readers see them."""

from collections.abc import Callable, Sequence

from liftproof.rows.result_rows import EngineRow
from liftproof.words.text import outcome_names


def checked_by(rows: Sequence[EngineRow], title_of: Callable[[str], str]) -> str:
    """Return by what the estimates were checked and how far apart they are, in a sentence or two.

    Says how many estimates no engine could check. ``title_of``: from an analysis to its title.
    """
    engines = dict.fromkeys(f"{row.engine} {row.version}" for row in rows)
    compared = [row for row in rows if row.largest_difference is not None]
    estimates = {_estimate(row) for row in rows}
    unchecked = len(estimates - {_estimate(row) for row in compared})
    if not compared:
        return "No estimate was checked by other software."
    worst = max(compared, key=lambda row: row.largest_difference or 0.0)
    where = ": ".join(filter(None, (title_of(worst.analysis), outcome_names(worst.subgroup))))
    text = (
        f"{len(estimates) - unchecked} of {len(estimates)} pooled estimates were checked by "
        f"{_listed(tuple(engines))}, each as far as it has the method; the largest relative "
        f"difference is {difference(worst.largest_difference)} ({worst.engine}, "
        f"“{where}”)."
    )
    return f"{text} {unchecked} could not be checked." if unchecked else text


def difference(value: float | None) -> str:
    """Return a relative difference as a power of ten, rounded up: a bound, not a measurement.

    >>> difference(3.2e-7), difference(0.0), difference(None)
    ('below 1e-6', '0', '—')
    """
    if value is None:
        return "—"
    if value == 0:
        return "0"
    exponent = int(f"{value:e}".split("e")[1]) + 1
    return f"below 1e{exponent}"


def _listed(names: Sequence[str]) -> str:
    """Return names in a sentence.

    >>> _listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _estimate(row: EngineRow) -> tuple[str, str, str]:
    return row.review, row.analysis, row.subgroup
