"""Words for the formula of a standardised mean difference and for what changes are divided by."""

from collections.abc import Collection, Iterator

from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.smd_formulas import (
    CHANGE_SDS,
    SMD_FORMULAS,
    USUAL_CHANGE_SD,
    USUAL_SMD,
    ChangeSd,
    SmdFormula,
)
from liftproof.vocabulary.sources import OF_MEANS


def formula_of(analysis: Analysis) -> SmdFormula:
    """Return the formula of an analysis's standardised mean differences."""
    return SMD_FORMULAS[analysis.smd or USUAL_SMD]


def uses_formula(analysis: Analysis, sources: Collection[str]) -> bool:
    """Say whether effects from these sources are computed by the formula at all."""
    return analysis.measure == "SMD" and not set(OF_MEANS).isdisjoint(sources)


def changes_sentence(analysis: Analysis) -> str:
    """Return what a difference of changes is divided by, and its variance."""
    formula, over = formula_of(analysis), CHANGE_SDS[analysis.change_sd or USUAL_CHANGE_SD]
    whose = "the control arm's" if formula.is_of_control else "their pooled"
    return (
        "A change is the mean after less the mean before; the difference between the changes of "
        f"both arms is divided by {whose} standard deviation {over.place}, and the variance is "
        f"{formula.variance}{_correlation(analysis, over)}"
    )


def formula_notes(analysis: Analysis, sources: Collection[str]) -> Iterator[str]:
    """Yield what a figure's reader needs who recomputes a trial: what is not the usual."""
    if not uses_formula(analysis, sources):
        return
    formula, over = formula_of(analysis), CHANGE_SDS[analysis.change_sd or USUAL_CHANGE_SD]
    if formula.code != USUAL_SMD:
        yield f"{formula.name}."
    r = analysis.pre_post_correlation
    if "changes" in sources and (over.code != USUAL_CHANGE_SD or r is not None):
        known = "" if r is None else f"; correlation of before and after {r:g}"
        yield f"Changes over {over.name}{known}."


def _correlation(analysis: Analysis, over: ChangeSd) -> str:
    """Return what the correlation between before and after does, empty where it is not given."""
    r = analysis.pre_post_correlation
    if r is None:
        return ""
    if over.needs_correlation:
        return f", with the correlation {r:g} between before and after"
    return f", its 1/n₁ + 1/n₂ times 2(1 − r) with the correlation r = {r:g} of before and after"
