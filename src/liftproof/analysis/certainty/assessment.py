"""Every judged analysis of a review: its certainty, absolute effects, and contradictions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from liftproof.analysis.certainty.flags import Contradiction, contradictions
from liftproof.analysis.certainty.graded_analysis import GradedAnalysis, graded_analysis
from liftproof.reviews.model.grade import PRINTED
from liftproof.reviews.model.review import Review
from liftproof.rows.certainty_rows import FindingRow, FlagRow
from liftproof.statistics.statements.absolute import AbsoluteEffect, absolute_effect
from liftproof.statistics.statements.number_needed import number_needed_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The rows of summary_of_findings.csv and certainty_flags.csv, sentences still empty."""

    findings: tuple[FindingRow, ...]
    flags: tuple[FlagRow, ...]


def find_certainty(review: Review) -> Findings:
    """Summarise the analyses that ``grade.csv`` judges, in the order of ``review.yaml``.

    Raises InputError and ConvergenceError where their effects cannot be pooled.
    """
    wanted = {row.analysis for row in review.grades}
    every = [
        graded_analysis(review, analysis)
        for analysis in review.settings.analyses
        if analysis.id in wanted
    ]
    found = [(of, tuple(contradictions(of)) if of.of else ()) for of in every]
    return Findings(
        findings=tuple(_finding(of, len(flags)) for of, flags in found),
        flags=tuple(_flag(of, each) for of, flags in found for each in flags),
    )


def _finding(of: GradedAnalysis, flags: int) -> FindingRow:
    row, certainty = of.row, of.certainty
    printed = of.grades.get(PRINTED)
    return FindingRow(
        review=row.review,
        analysis=row.analysis,
        title=row.title,
        measure=row.measure,
        better=of.analysis.better,
        k=row.k,
        studies=row.studies,
        participants=row.participants,
        estimate=row.estimate,
        ci_low=row.ci_low,
        ci_high=row.ci_high,
        certainty=certainty.level if of.of else "",
        at_most=_yes(certainty.at_most),
        starts=certainty.starts,
        down=_judged(of, certainty.down),
        up=_judged(of, certainty.up),
        not_assessed="; ".join(certainty.not_assessed),
        printed_certainty=printed.judgement if printed else "",
        printed_by=printed.judged_by if printed else "",
        flags=flags,
        unverified=row.unverified,
        reconstructed=row.reconstructed,
        **_baseline(of),
        **_absolute(of),
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _judged(of: GradedAnalysis, domains: Iterable[str]) -> str:
    return "; ".join(f"{domain}: {of.grades[domain].judgement}" for domain in domains)


def _baseline(of: GradedAnalysis) -> dict[str, Any]:
    if of.baseline is None:
        return {}
    return {
        "baseline_risk": of.baseline.risk,
        "baseline_source": of.baseline.source,
        "baseline_arms": of.baseline.arms,
        "baseline_outcomes": of.baseline.outcomes,
        "baseline_unverified": _yes("unverified" in of.baseline.marks),
        "baseline_reconstructed": _yes("reconstructed" in of.baseline.marks),
    }


def _absolute(of: GradedAnalysis) -> dict[str, Any]:
    """Return events per 1000, and a number needed where the interval excludes no effect."""
    if of.baseline is None or of.of is None or of.row.ci_low is None:
        return {}
    pooled = of.of.pooled
    found = absolute_effect(
        of.row.measure, pooled.estimate, pooled.ci_low, pooled.ci_high, of.baseline.risk
    )
    return {
        "assumed": float(found.events_baseline),
        "corresponding": float(found.events),
        "corresponding_low": float(found.events_low),
        "corresponding_high": float(found.events_high),
        "difference": float(found.events_difference),
        "difference_low": float(found.events_difference_low),
        "difference_high": float(found.events_difference_high),
        "capped": _yes(bool(found.is_capped)),
        **_number_needed(found),
    }


def _number_needed(effect: AbsoluteEffect) -> dict[str, Any]:
    needed = number_needed_of(effect)
    if needed.includes_no_effect:
        return {}
    return {
        "number_needed": float(needed.number),
        "number_needed_best": float(needed.best),
        "number_needed_worst": float(needed.worst),
        "number_needed_for": "benefit" if needed.is_benefit else "harm",
    }


def _flag(of: GradedAnalysis, each: Contradiction) -> FlagRow:
    return FlagRow(
        review=of.row.review,
        analysis=of.row.analysis,
        domain=each.rule.on,
        judgement=each.judgement,
        rule=each.rule.name,
        value=each.found.value,
        second=each.found.second,
        needed=each.found.needed,
    )
