"""What follows from a standard error: an arm's standard deviation, an effect's variance."""

from collections.abc import Iterator

from liftproof.reviews.forms.derived import ARMS, Derived, Row, can_derive, printed_range
from liftproof.reviews.model.problems import Problem


def sds_of_errors(row: Row) -> Iterator[Derived]:
    """Yield the standard deviation of each arm that gives a standard error: √n times as much.

    Source: Cochrane Handbook 6.5, section 6.5.2.2.
    """
    for arm in ARMS:
        columns = (f"se_{arm}", f"n_{arm}", f"sd_{arm}")
        if can_derive(row, columns[0], columns[:2], columns):
            yield _of_arm(row, *columns)


def variance_of_error(row: Row) -> Iterator[Derived]:
    """Yield the variance of an effect as given, y, from its standard error: the square of it."""
    record = row.record
    if record.y is None or record.v is not None or record.estimate is not None:
        return
    if can_derive(row, "se", ("se",), ("y", "v", "se")) and record.se is not None:
        yield Derived(column="v", origins=("y", "se"), value=record.se * record.se)


def _of_arm(row: Row, error: str, n: str, sd: str) -> Derived:
    people, given = getattr(row.record, n), getattr(row.record, sd)
    if people is None:
        problem = row.problem(error, f"a standard error without {n}", f"fill in {n}, or {sd}")
        return Derived(column=sd, problem=None if row.record.awaits else problem)
    root = float(people) ** 0.5
    low, high = (float(end) * root for end in printed_range(row.cell(error)))
    if given is not None:
        return Derived(column=sd, problem=_contradiction(row, (error, n, sd), (low, high)))
    value = getattr(row.record, error) * root
    wrong = (
        f"a standard deviation of {value:.4g} is taken: √{people:g} times the standard error, "
        f"whose digits allow {low:.4g} to {high:.4g}"
    )
    remedy = f"fill in {sd} where a source has it; if this is the deviation itself, move it there"
    problem = row.problem(error, wrong, remedy, rule="sd_from_se")
    return Derived(column=sd, origins=(error, n), value=value, problem=problem)


def _contradiction(
    row: Row, names: tuple[str, str, str], allowed: tuple[float, float]
) -> Problem | None:
    """Return that error, people and deviation of an arm do not fit one another."""
    error, n, sd = names
    least, most = (float(end) for end in printed_range(row.cell(sd)))
    if least <= allowed[1] and allowed[0] <= most:
        return None
    wrong = (
        f"the standard deviation {row.cell(sd)} is not √n times the standard error: of "
        f"{row.cell(n)} people that allows {allowed[0]:.4g} to {allowed[1]:.4g}"
    )
    return row.problem(error, wrong, f"correct it, {sd} or {n}, or empty the one that is not used")
