"""The departures of trials that give means: formulas, divisors, and dispersions misread."""

from collections.abc import Iterator, Sequence

import numpy as np

from liftproof.analysis.causes.departure import Departure, one, tried
from liftproof.analysis.effect_rules import KEYWORDS
from liftproof.analysis.specification import Specification
from liftproof.analysis.trial_data import TrialData
from liftproof.statistics.effects.by_source import FROM, rules_of
from liftproof.statistics.effects.smd import OF_SOURCE
from liftproof.vocabulary.plausibility import COMMON
from liftproof.vocabulary.smd_formulas import CHANGE_SDS, SMD_FORMULAS
from liftproof.vocabulary.sources import OF_MEANS


def of_means(specification: Specification, trials: TrialData) -> Iterator[Departure]:
    """Yield other rules for standard deviations, and those read for something else.

    A rule is offered where the measure knows it from every source of means that the trials have.
    """
    sources = [name for name in OF_MEANS if name in trials.raw]
    measure = specification.measure
    if not sources or any(measure not in FROM[name] for name in sources):
        return
    rules = [rules_of(name, measure) for name in sources]
    for keyword, words in MEANS_WORDS.items():
        if all(keyword in each for each in rules):
            for value, sentence in words.items():
                if all(_may_depart(keyword, value, each[keyword]) for each in rules):
                    yield one(AXES[keyword], value, sentence)
    if all("formula" in each for each in rules):
        yield from _formulas(specification, trials, sources)
    yield from _misreadings(trials, sources[0])


def _formulas(
    specification: Specification, trials: TrialData, sources: Sequence[str]
) -> Iterator[Departure]:
    """Yield other formulas of a standardised difference, and other divisors of changes.

    No formula that is another name of the settled one for every source is tried, and nothing for
    which a number is missing: a correlation is never assumed.
    """
    own = [OF_SOURCE[source][specification.smd] for source in sources]
    for code, formula in tried(SMD_FORMULAS).items():
        if [OF_SOURCE[source][code] for source in sources] != own:
            yield one("smd", code, formula.departure, plausibility=formula.plausibility)
    if "changes" not in sources:
        return
    has_before = bool(np.isfinite(trials.raw["changes"].numbers).all())
    for code, over in tried(CHANGE_SDS).items():
        has_correlation = specification.pre_post_correlation is not None
        lacks = (over.needs_before and not has_before) or (
            over.needs_correlation and not has_correlation
        )
        if not lacks:
            yield one("change_sd", code, over.departure)


def _may_depart(keyword: str, value: str, known: tuple[str, ...]) -> bool:
    """Say whether a rule takes the value; the usual dispersion, its first, is no departure."""
    if keyword == "dispersion":
        return value in known[1:]
    return not known or value in known


AXES = {keyword: name for name, keyword in KEYWORDS.items()}
MEANS_WORDS = {
    "dispersion": {
        "pooled": "pooled standard deviations in the place of separate",
        "separate": "the arms' standard deviations averaged, not pooled",
    },
    "correct": {"none": "no correction for small samples"},
}
"""By rule of ``statistics.effects`` and value, words for the departure."""
MISREAD = {
    "se_as_sd": "standard errors taken for standard deviations",
    "sd_as_se": "standard deviations taken for standard errors",
}


def _misreadings(trials: TrialData, source: str) -> Iterator[Departure]:
    """Yield one kind of dispersion taken for the other, in all trials and in each."""
    studies = dict.fromkeys(trials.study[place] for place in trials.raw[source].trials)
    for reading, words in MISREAD.items():
        yield one("misread", reading, f"{words} in every trial", plausibility=COMMON)
        for study in studies if len(studies) > 1 else ():
            yield Departure(
                id=f"misread_{reading}_{study}",
                axis="misread",
                changes=(("misread", reading), ("misread_study", study)),
                words=f"{words} in {trials.names.get(study, study)}",
                plausibility=COMMON / len(studies),
            )
