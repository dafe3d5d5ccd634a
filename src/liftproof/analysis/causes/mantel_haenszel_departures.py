"""The departures that programs call "Mantel-Haenszel, random": Q about another estimate."""

from collections.abc import Iterator

from liftproof.analysis.causes.departure import Departure
from liftproof.analysis.effect_rules import any_empty_cell
from liftproof.analysis.specification import Specification
from liftproof.analysis.trial_data import TrialData
from liftproof.statistics.sparse.around_mantel_haenszel import CENTRES, ESTIMATES
from liftproof.vocabulary.models import INVERSE_VARIANCE, THREE_LEVEL
from liftproof.vocabulary.plausibility import COMMON, DEFAULT, RARE
from liftproof.vocabulary.zero_cells import ZERO_CELLS

WORDS = "Q, τ² by DL and I² about the Mantel-Haenszel estimate"
HALVES, EXACT = CENTRES
METABIN = "metabin"
ABOUT = (
    (HALVES, "", WORDS, DEFAULT),
    (HALVES, METABIN, f"{WORDS} and 1/2 added as meta's metabin does", COMMON),
    (EXACT, "", f"{WORDS}, to which nothing is added", RARE),
)
"""The centre, the rule for empty cells, words and plausibility; the last two need an empty cell."""


def of_mantel_haenszel(specification: Specification, trials: TrialData) -> Iterator[Departure]:
    """Yield pools whose Q is about the Mantel-Haenszel estimate, of trials that all give counts.

    Review Manager 5 pools so by default, and so did meta's metabin. It is a single choice there:
    DL comes with it, and so do metabin's own rule for empty cells and, where the model is one of a
    common effect, weights by inverse variance.
    """
    counts = trials.raw.get("counts")
    is_known = counts is not None and len(counts.trials) == len(trials.study)
    is_fitting = specification.measure in ESTIMATES and specification.model != THREE_LEVEL
    if not (is_known and is_fitting) or trials.x is not None or (trials.sign < 0).any():
        return
    has_empty = any_empty_cell(trials)
    for name, rule, words, plausibility in ABOUT[: len(ABOUT) if has_empty else 1]:
        if rule and specification.measure not in ZERO_CELLS[rule].cells:
            continue
        changes = [("model", INVERSE_VARIANCE), ("tau2", "DL"), ("q_about", name)]
        yield Departure(
            id=f"q_about_{name}{'_' if rule else ''}{rule}",
            axis="q_about",
            changes=(*changes, *([("zero_cells", rule)] if rule else [])),
            words=words,
            plausibility=plausibility,
        )
