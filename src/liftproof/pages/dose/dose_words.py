"""What a regression on dose can show and cannot, in words made from its numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from liftproof.analysis.dose.dose_gap import gap_of
from liftproof.analysis.dose.model_rows import ENOUGH_TRIALS, SIGNIFICANCE
from liftproof.pages.dose.dose_numbers import (
    has_several_results,
    interval_text,
    modified_name,
    modified_text,
    per_unit,
    permutation_text,
    slope_text,
    span_text,
    steepness_text,
    unit_of,
)
from liftproof.reviews.model.dose_question import RCS
from liftproof.rows.dose_rows import (
    ASSOCIATION,
    INCONCLUSIVE,
    NOT_TESTABLE,
    TOO_FEW,
    DoseRow,
    DoseTrialRow,
)
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.text import capital, counted, minus

VERDICT_WORDS: Mapping[str, str] = {
    NOT_TESTABLE: "not testable",
    INCONCLUSIVE: "inconclusive",
    TOO_FEW: "too few trials to conclude",
    ASSOCIATION: "an association between trials",
}
NOT_RANDOMISED = "Trials were not randomised to it: whatever else differs between them goes along"
TWO = 2


def doses_in_words(rows: Sequence[DoseRow], trials: Sequence[DoseTrialRow]) -> list[DoseRow]:
    """Return the rows with their sentences."""
    return [replace(row, sentence=dose_sentence(row, rows, trials)) for row in rows]


def dose_sentence(row: DoseRow, rows: Sequence[DoseRow], trials: Sequence[DoseTrialRow]) -> str:
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
        tests.append(f"{modified_name(row)}: {modified_text(row)}")
    if permutation_text(row):
        tests.append(permutation_text(row))
    if row.form == RCS:
        yield (
            f"Restricted cubic spline with three knots: {'; '.join(tests)}; p of a straight line "
            f"{numbers.p_value(row.nonlinear_p).removeprefix('p = ')}"
        )
    else:
        yield f"{capital(measure)} {slope_text(row)} {per_unit(row)} ({'; '.join(tests)})"
    if has_several_results(row):
        yield (
            "There is no permutation p: results of one trial depend on each other, so that doses "
            "cannot change places between results"
        )


def _reading(row: DoseRow) -> Iterator[str]:
    """Yield what follows, and what fewer than ten trials cannot show."""
    if row.verdict == INCONCLUSIVE:
        yield "This shows neither that the effect goes with it nor that it does not"
        yield from _least_shown(row)
    elif row.verdict == TOO_FEW:
        yield (
            f"{counted(row.studies or 0, 'trial')}, fewer than ten, do not show what modifies an "
            "effect: no conclusion on dose is drawn"
        )
    elif row.verdict == ASSOCIATION:
        yield "Trials with other values had other effects; that it is the cause is not shown"


def _least_shown(row: DoseRow) -> Iterator[str]:
    """Yield what so few trials could have shown at all."""
    trials = row.studies or 0
    if trials < ENOUGH_TRIALS and steepness_text(row):
        yield (
            f"{counted(trials, 'trial')} that scatter like these tell a slope from none only "
            f"beyond {steepness_text(row)} {per_unit(row)}"
        )
    if row.smallest_permutation_p is not None and row.smallest_permutation_p >= SIGNIFICANCE:
        yield (
            "Their doses have so few orders that no result could have had a permutation p below "
            f"{numbers.decimal(row.smallest_permutation_p, 3)}"
        )


def _ten_percent(row: DoseRow) -> Iterator[str]:
    """Yield what 10 % more dose does to 100 times the ratio, and how a claim stands to it."""
    if row.points_10_percent is None:
        return
    limits = (row.points_10_percent_low, row.points_10_percent_high)
    wide = (row.points_10_percent_modified_low, row.points_10_percent_modified_high)
    also = f"; modified {span_text(wide)}" if modified_text(row) else ""
    yield (
        f"{numbers.percent(10)} more than the mean dose changes 100 × the "
        f"{MEASURES[row.measure].name} by {numbers.decimal(row.points_10_percent, 1)} percentage "
        f"points ({span_text(limits)}{also})"
    )
    if row.claimed_points is not None:
        yield _claim(row.claimed_points, limits if None in wide else wide)


def _claim(claimed: float, limits: tuple[float | None, float | None]) -> str:
    """Say whether the widest limits hold a change beyond what was claimed, and no change."""
    way = -1 if claimed < 0 else 1
    least, most = sorted(way * (limit or 0.0) for limit in limits)
    size = f"{'fall' if claimed < 0 else 'rise'} of more than {abs(claimed):g} points"
    if least > abs(claimed):
        return f"All of these limits lie in a {size}, as was claimed"
    if least <= 0 <= most:
        if most > abs(claimed):
            return (
                f"These limits allow both a {size}, as was claimed, and no change: the claim is "
                "neither borne out nor excluded"
            )
        return f"These limits allow no change, and exclude a {size}, which was claimed"
    if most > abs(claimed):
        return f"These limits exclude no change and allow a {size}, as was claimed, or less of it"
    return f"These limits exclude no change, and a {size}, which was claimed"


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
