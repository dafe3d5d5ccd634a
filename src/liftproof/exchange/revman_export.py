"""A review as a RevMan file (.rm5): an outcome an analysis, of the trials that it pools."""

from collections.abc import Iterator
from math import sqrt
from pathlib import Path
from xml.etree import ElementTree

from liftproof.analysis.effects import TrialEffect
from liftproof.analysis.estimates import PooledAnalysis, pool_review
from liftproof.exchange.revman_names import NUMBERS, OWN_MODELS
from liftproof.files import write_text
from liftproof.reviews import read
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Study
from liftproof.reviews.model.settings import Analysis
from liftproof.reviews.review_folder import relative
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.measures import MEASURES

OF_COUNTS, OF_MEANS = ("RR", "OR", "RD"), ("MD", "SMD")
"""Measures that RevMan computes from counts, and from means."""
REVMAN_SMD = "revman"
SAME_TAU2 = ("FE", "DL")
"""Estimators that RevMan 5 has."""
METHODS = {model: method for method, model in OWN_MODELS.items()}
"""By model of counts here, what RevMan calls it."""


def write_revman(folder: Path, file: Path) -> tuple[str, ...]:
    """Write the analyses of a review; return what the file does not hold."""
    review = read(folder)
    pools = pool_review(review)
    root = ElementTree.Element("COCHRANE_REVIEW", REVMAN_SUB_VERSION="5.4", TYPE="INTERVENTION")
    cover = ElementTree.SubElement(root, "COVER_SHEET")
    ElementTree.SubElement(cover, "TITLE").text = review.settings.title
    studies = ElementTree.SubElement(root, "STUDIES_AND_REFERENCES")
    included = ElementTree.SubElement(
        ElementTree.SubElement(studies, "STUDIES"), "INCLUDED_STUDIES"
    )
    for study in review.studies:
        _add_study(included, study)
    analyses = ElementTree.SubElement(root, "ANALYSES_AND_DATA")
    comparison = ElementTree.SubElement(analyses, "COMPARISON", ID="CMP-001", NO="1")
    ElementTree.SubElement(
        comparison, "NAME"
    ).text = f"{review.settings.intervention} v {review.settings.control}"
    shown = [pool for pool in pools if pool.trials]
    for number, pool in enumerate(shown, start=1):
        _add_outcome(comparison, review, pool, number)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    write_text(file, f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n')
    return tuple(_lost(review, pools))


def kind_of_pool(analysis: Analysis, pool: PooledAnalysis) -> str:
    """Return the kind of outcome that gives RevMan the effects that an analysis pools.

    Counts and means stand for themselves where every trial has them, none is inflated for its
    clusters or has its sign reversed, and RevMan has the formula; else effects and standard errors
    are written.
    """
    asked, trials = pool.specification, pool.trials
    measure = asked.measure
    is_plain = all(
        trial.design_effect == 1 and not analysis.reverses(trial.outcome.better) for trial in trials
    )
    sources = {trial.source for trial in trials}
    if is_plain and measure in OF_COUNTS and sources == {"counts"}:
        return "DICH"
    has_formula = measure != "SMD" or asked.smd == REVMAN_SMD
    is_of_means = measure in OF_MEANS and has_formula and sources == {"means"}
    return "CONT" if is_plain and is_of_means else "IV"


def _add_study(included: ElementTree.Element, study: Study) -> None:
    node = ElementTree.SubElement(
        included,
        "STUDY",
        DATA_SOURCE="PUB",
        ID=_id(study.study),
        NAME=study.label,
        YEAR=str(study.year),
    )
    if study.citation or study.doi or study.pmid:
        reference = ElementTree.SubElement(node, "REFERENCE", PRIMARY="YES", TYPE="JOURNAL_ARTICLE")
        ElementTree.SubElement(reference, "TI").text = study.citation
        identifiers = ElementTree.SubElement(reference, "IDENTIFIERS")
        for kind, value in (("DOI", study.doi), ("PUBMED", study.pmid)):
            if value:
                ElementTree.SubElement(identifiers, "IDENTIFIER", TYPE=kind, VALUE=value)


def _add_outcome(
    comparison: ElementTree.Element, review: Review, pool: PooledAnalysis, number: int
) -> None:
    asked = pool.specification
    kind = kind_of_pool(review.settings.analysis(pool.estimate.analysis), pool)
    own = METHODS.get(asked.model, "") if kind == "DICH" else ""
    is_random = not own and not ESTIMATORS[asked.tau2].is_common_effect
    level = f"{100 * asked.level:.6g}"
    node = ElementTree.SubElement(
        comparison,
        f"{kind}_OUTCOME",
        CI_STUDY=level,
        CI_TOTAL=level,
        ID=f"CMP-001.{number:02d}",
        METHOD=own or "IV",
        NO=str(number),
        RANDOM="YES" if is_random else "NO",
        TOTALS="YES",
    )
    if kind == "DICH":
        node.set("SWAP_EVENTS", "NO")
    ElementTree.SubElement(node, "NAME").text = pool.estimate.title
    for place, name in enumerate(review.settings.arms(pool.estimate.analysis), start=1):
        ElementTree.SubElement(node, f"GROUP_LABEL_{place}").text = name
    measure = MEASURES[asked.measure]
    if kind == "IV":
        ElementTree.SubElement(node, "EFFECT_MEASURE").text = measure.name.title()
        node.set("LOG_DATA", "YES" if measure.is_log else "NO")
    else:
        node.set("EFFECT_MEASURE", asked.measure)
    for order, trial in enumerate(pool.trials, start=1):
        _add_row(node, kind, trial, order)


def _add_row(node: ElementTree.Element, kind: str, trial: TrialEffect, order: int) -> None:
    numbers = {theirs: getattr(trial.outcome, ours) for theirs, ours in NUMBERS[kind].items()}
    texts = {name: f"{value:.15g}" for name, value in numbers.items() if value is not None}
    if kind == "IV":
        natural = MEASURES[trial.measure].natural(trial.y)
        effect = {"ESTIMATE": trial.y, "SE": sqrt(trial.v), "EFFECT_SIZE": natural}
        texts |= {name: repr(float(value)) for name, value in effect.items()}
    study = {"STUDY_ID": _id(trial.study.study), "ESTIMABLE": "YES", "ORDER": str(order)}
    ElementTree.SubElement(node, f"{kind}_DATA", {**texts, **study})


def _id(study: str) -> str:
    return f"STD-{study}"


def _lost(review: Review, pools: tuple[PooledAnalysis, ...]) -> Iterator[str]:
    shown = relative(review.folder)
    yield f"{shown}: provenance, printed numbers, judgements, and columns of trials but citations"
    entered = {trial.study.study for pool in pools for trial in pool.trials}
    others = [study.study for study in review.studies if study.study not in entered]
    if others:
        yield f"the results of {', '.join(others)}, which no analysis pools"
    empty = [pool.estimate.analysis for pool in pools if not pool.trials]
    if empty:
        yield f"analyses of which no trial has an effect: {', '.join(empty)}"
    others_by_method: dict[str, list[str]] = {}
    for pool in pools:
        asked = pool.specification
        if pool.trials and not _has_method(pool):
            method = f"{asked.model}, {asked.tau2}, {asked.interval}"
            others_by_method.setdefault(method, []).append(pool.estimate.analysis)
    for method, names in others_by_method.items():
        yield (
            f"the method {method} of {', '.join(names)}: written as RevMan 5 can pool it, with "
            "Wald limits: the numbers differ"
        )


def _has_method(pool: PooledAnalysis) -> bool:
    """Say whether RevMan 5 pools an analysis by its own method."""
    asked = pool.specification
    is_inverse_variance = asked.model == "IV" and asked.tau2 in SAME_TAU2
    return asked.interval == "wald" and (is_inverse_variance or asked.model in METHODS)
