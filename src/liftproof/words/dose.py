"""What a regression on dose can show and cannot, in words made from its numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import isclose

from liftproof.analysis.dose.groups import gap_of
from liftproof.analysis.dose.records import (
    ASSOCIATION,
    INCONCLUSIVE,
    NOT_TESTABLE,
    TOO_FEW,
    DoseRow,
    DoseTrialRow,
)
from liftproof.measures import MEASURES
from liftproof.reviews.dosequestion import LOG, RCS
from liftproof.words import numbers
from liftproof.words.forest_rows import capital, minus
from liftproof.words.names import INTERVAL_NAMES
from liftproof.words.summary import counted

VERDICT_WORDS: Mapping[str, str] = {
    NOT_TESTABLE: "not testable",
    INCONCLUSIVE: "inconclusive",
    TOO_FEW: "too few trials to conclude",
    ASSOCIATION: "an association between trials",
}
NOT_RANDOMISED = "Trials were not randomised to it: whatever else differs between them goes along"
TWO = 2
MODIFIED = "hksj_adhoc"


def told(rows: Sequence[DoseRow], trials: Sequence[DoseTrialRow]) -> list[DoseRow]:
    """Return the rows with their sentences."""
    return [replace(row, sentence=sentence(row, rows, trials)) for row in rows]


def sentence(row: DoseRow, rows: Sequence[DoseRow], trials: Sequence[DoseTrialRow]) -> str:
    """Return the verdict on one model; ``rows`` hold the same without each trial."""
    own = [trial for trial in trials if trial.dose == row.dose]
    if row.left_out:
        parts = [f"Without {_label(row.left_out, own)}: {_short(row)}"]
    else:
        others = [each for each in rows if each.dose == row.dose and each.left_out]
        parts = [
            f"{capital(VERDICT_WORDS[row.verdict])}. {_coverage(row)}",
            *_model(row),
            *_reading(row),
            *_ten_percent(row),
            *_groups(own, row),
            *_signs(row, others, own),
            *_needed(row, others, own),
            NOT_RANDOMISED,
        ]
    return minus(" ".join(f"{part}." for part in parts))


def unit_of(row: DoseRow) -> str:
    """Return what the dose counts, the column's name where the question does not say."""
    return row.unit or row.column.replace("_", " ")


def per_unit(row: DoseRow) -> str:
    """Return "per 100 repetitions", or that the slope is on the logarithm."""
    if row.form == LOG:
        return f"per unit of the natural logarithm of {unit_of(row)}"
    size = "" if row.per == 1 else f"{row.per:g} "
    return f"per {size}{unit_of(row)}"


def slope_text(row: DoseRow) -> str:
    """Return "risk ratio × 1.03 (0.66 to 1.60)", or a slope on a scale of differences."""
    if row.slope is None:
        return numbers.NOT_ESTIMABLE
    if row.ratio is not None:
        limits = numbers.interval(row.ratio_ci_low, row.ratio_ci_high)
        return f"× {numbers.effect(row.ratio)} ({limits})"
    limits = numbers.interval(row.ci_low, row.ci_high)
    return minus(f"{numbers.effect(row.slope)} ({limits})")


def interval_text(row: DoseRow) -> str:
    """Return the kind of limits with its degrees of freedom."""
    if row.verdict == NOT_TESTABLE:
        return "sampling error alone"
    name = INTERVAL_NAMES[row.interval]
    return f"{name}, {row.df:g} df" if row.df else name


def modified_text(row: DoseRow) -> str:
    """Return the modified limits, empty where the model has none of its own."""
    if row.modified_ci_low is None or _is_same(row.modified_ci_low, row.ci_low):
        return ""
    natural = MEASURES[row.measure].natural if row.ratio is not None else float
    low, high = natural(row.modified_ci_low), natural(row.modified_ci_high or 0.0)
    return minus(f"{numbers.interval(low, high)}, {numbers.p_value(row.modified_p_value)}")


def permutation_text(row: DoseRow) -> str:
    """Return the permutation p with the number of orders and the least p there can be."""
    if row.permutation_p is None:
        return ""
    return (
        f"permutation {numbers.p_value(row.permutation_p)} of {row.permutations} orders, the "
        f"least possible {numbers.p_value(row.smallest_permutation_p).removeprefix('p = ')}"
    )


def points_text(row: DoseRow) -> str:
    """Return "1.0 (-11.4 to 17.4)" percentage points, empty for measures that are no ratio."""
    if row.points_10_percent is None:
        return ""
    limits = (row.points_10_percent_low, row.points_10_percent_high)
    return f"{numbers.decimal(row.points_10_percent, 1)} ({_span(limits)})"


def _span(limits: tuple[float | None, float | None]) -> str:
    low, high = (numbers.decimal(limit, 1) for limit in limits)
    return f"{low} to {high}"


def _is_same(one: float, other: float | None) -> bool:
    return other is not None and isclose(one, other, rel_tol=1e-9)


def _label(study: str, trials: Sequence[DoseTrialRow]) -> str:
    return next((trial.label for trial in trials if trial.study == study), study)


def _short(row: DoseRow) -> str:
    size = counted(row.studies or 0, "trial")
    if row.p_value is None:
        return f"{size} with this dose, no line can be told"
    slope = f"{slope_text(row)} {per_unit(row)}, " if row.slope is not None else ""
    permutation = (
        "" if row.permutation_p is None else f", permutation {numbers.p_value(row.permutation_p)}"
    )
    return (
        f"{slope}{interval_text(row)}, {size}, {numbers.p_value(row.p_value)}{permutation}; "
        f"{VERDICT_WORDS[row.verdict]}"
    )


def _coverage(row: DoseRow) -> str:
    given = row.studies or 0
    every = given + (row.trials_without_dose or 0)
    results = "" if row.k == given else f", with {counted(row.k or 0, 'result')}"
    doses = ""
    if given and row.dose_low is not None:
        doses = f": {row.dose_low:g} to {row.dose_high:g} {unit_of(row)}"
    return (
        f"{given} of {counted(every, 'trial')} report{'s' if given == 1 else ''} it{results}{doses}"
    )


def _model(row: DoseRow) -> Iterator[str]:
    """Yield the slope, or the test of a spline, with everything that it is judged by."""
    if row.p_value is None:
        yield "These are too few trials, or too few different doses, for a line"
        return
    measure = MEASURES[row.measure].name
    if row.verdict == NOT_TESTABLE:
        yield (
            f"The line through {counted(row.k or 0, 'trial')} fits whatever they found, and leaves "
            f"no degree of freedom to test it: {measure} {slope_text(row)} {per_unit(row)}, by "
            "sampling error alone"
        )
        return
    tests = [f"{interval_text(row)}, {numbers.p_value(row.p_value)}"]
    if modified_text(row):
        tests.append(f"{INTERVAL_NAMES[MODIFIED]}: {modified_text(row)}")
    if permutation_text(row):
        tests.append(permutation_text(row))
    if row.form == RCS:
        yield (
            f"Restricted cubic spline with three knots: {'; '.join(tests)}; p of a straight line "
            f"{numbers.p_value(row.nonlinear_p).removeprefix('p = ')}"
        )
        return
    yield f"{capital(measure)} {slope_text(row)} {per_unit(row)} ({'; '.join(tests)})"


def _reading(row: DoseRow) -> Iterator[str]:
    """Yield what follows, and what fewer than ten trials cannot show."""
    if row.verdict == INCONCLUSIVE:
        yield "This shows neither that the effect goes with it nor that it does not"
    elif row.verdict == TOO_FEW:
        yield (
            f"{counted(row.studies or 0, 'trial')}, fewer than ten, do not show what modifies an "
            "effect: no conclusion on dose is drawn"
        )
    elif row.verdict == ASSOCIATION:
        yield "Trials with other values had other effects; that it is the cause is not shown"


def _ten_percent(row: DoseRow) -> Iterator[str]:
    """Yield what 10 % more dose does to 100 times the ratio, and how a claim stands to it."""
    if row.points_10_percent is None:
        return
    limits = (row.points_10_percent_low, row.points_10_percent_high)
    wide = (row.points_10_percent_modified_low, row.points_10_percent_modified_high)
    also = f"; modified {_span(wide)}" if modified_text(row) else ""
    yield (
        f"{numbers.percent(10)} more than the mean dose changes 100 × the "
        f"{MEASURES[row.measure].name} by {numbers.decimal(row.points_10_percent, 1)} percentage "
        f"points ({_span(limits)}{also})"
    )
    if row.claimed_points is not None:
        yield _claim(row.claimed_points, limits if None in wide else wide)


def _claim(claimed: float, limits: tuple[float | None, float | None]) -> str:
    """Say whether the widest limits hold the change that was claimed, and no change."""
    low, high = (limit or 0.0 for limit in limits)
    size = f"the {claimed:g} points that were claimed"
    if low <= claimed <= high and low <= 0 <= high:
        return (
            f"These limits allow both {size} and no change: the claim is neither borne out nor "
            "excluded"
        )
    if low <= 0 <= high:
        return f"These limits allow no change, and exclude {size}"
    if low <= claimed <= high:
        return f"These limits exclude no change and allow {size}, less, and more"
    return f"These limits exclude no change and {size}"


def _groups(trials: Sequence[DoseTrialRow], row: DoseRow) -> Iterator[str]:
    gap = gap_of(trials)
    if gap is None or row.slope is None:
        return
    sides = (gap.below, gap.above)
    alone = [side[0] for side in sides if len(side) == 1]
    if alone and row.studies is not None and row.studies > TWO:
        yield f"The slope rests on {alone[0]}, whose dose is far from the others"
    else:
        groups = " against ".join(", ".join(side) for side in sides)
        yield f"The doses form two groups ({groups}): the slope is the contrast between them"
    if gap.apart:
        found = "; ".join(
            f"{name} ({', '.join(low)} against {', '.join(high)})" for name, low, high in gap.apart
        )
        yield f"Both sides also differ in {found}"


def _signs(
    row: DoseRow, others: Sequence[DoseRow], trials: Sequence[DoseTrialRow]
) -> Iterator[str]:
    """Yield the trials without which the slope has the other sign."""
    slope = row.slope
    if not slope:
        return
    turned = [
        _label(each.left_out, trials)
        for each in others
        if each.slope is not None and each.slope * slope < 0
    ]
    if turned:
        yield f"Without {' or '.join(turned)} the slope has the other sign"


def _needed(
    row: DoseRow, others: Sequence[DoseRow], trials: Sequence[DoseTrialRow]
) -> Iterator[str]:
    """Yield the trials without which an association is no longer told from none."""
    if row.verdict not in (TOO_FEW, ASSOCIATION):
        return
    needed = [_label(each.left_out, trials) for each in others if each.verdict == INCONCLUSIVE]
    if needed:
        yield f"Without {' or '.join(needed)} the limits include none"
