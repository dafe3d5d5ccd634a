"""Certainty of evidence: the summary of findings, the judgements behind it, risk of bias."""

from collections.abc import Iterable
from dataclasses import dataclass

from liftproof.analysis.certainty.bias import meaning
from liftproof.pages.certainty.bias_figure import RISK_OF_BIAS
from liftproof.pages.certainty.certainty_signs import BIAS_SIGNS, baseline_marks, certainty_text
from liftproof.pages.certainty.certainty_words import (
    DOMAIN_NAMES,
    corresponding_text,
    difference_text,
    measure_text,
    number_needed_text,
)
from liftproof.pages.certainty.icon_figure import ICONS
from liftproof.pages.inputs import DrawnFigure, ReviewInputs
from liftproof.pages.table import NOTHING, PageTable, headings, in_words, shown
from liftproof.reviews.model.grade import DOMAINS, Grade
from liftproof.reviews.model.review_tables import RiskOfBias
from liftproof.rows.certainty_rows import FindingRow, FlagRow
from liftproof.rows.result_rows import EffectRow
from liftproof.vocabulary.levels import level_text
from liftproof.words.marks import own_marks
from liftproof.words.text import capital

INTRODUCTION = (
    "Certainty follows from the judgements below by the rules of GRADE: trials that were "
    "randomised start high, and each concern takes a level or more away. Where a domain was not "
    "assessed, the certainty is an upper bound (“at most”)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedAnalysis:
    """One analysis: its certainty, what its row rests on in words, and the judgements."""

    analysis: str
    title: str
    certainty: str
    note: str
    table: PageTable


@dataclass(frozen=True, slots=True, kw_only=True)
class CertaintySection:
    """All that a review says of certainty; a table without rows where that was not judged."""

    introduction: str
    figures: tuple[DrawnFigure, ...]
    findings: PageTable
    judgements: tuple[JudgedAnalysis, ...]
    lights: tuple[DrawnFigure, ...]
    bias: PageTable
    not_judged: str


def certainty_section(inputs: ReviewInputs) -> CertaintySection | None:
    """Return the certainty of a review's judged analyses, and the risk of bias of its trials.

    None where neither was judged.
    """
    if not inputs.rows(FindingRow) and not inputs.review.risk_of_bias:
        return None
    return CertaintySection(
        introduction=INTRODUCTION,
        figures=inputs.figures_of(ICONS.name),
        findings=_findings(inputs),
        judgements=tuple(_judgements(inputs, row) for row in inputs.rows(FindingRow)),
        lights=inputs.figures_of(RISK_OF_BIAS.name),
        bias=_bias(inputs),
        not_judged=_not_judged(inputs),
    )


def _findings(inputs: ReviewInputs) -> PageTable:
    limits = f"{level_text(inputs.review.settings.level)} limits"
    return PageTable(
        key=f"review-{inputs.review.name}-findings",
        caption=f"Summary of findings. With {limits}, which carry the uncertainty of the "
        "relative effect only: the baseline risk is taken as known.",
        headings=headings(
            *("Analysis", "Certainty", "# Trials", "# Participants", "# Relative effect"),
            *("# Without, per 1000", "# With, per 1000", "# Difference per 1000"),
            "Number needed",
        ),
        rows=tuple(_finding(row) for row in inputs.rows(FindingRow)),
    )


def _finding(row: FindingRow) -> tuple[str, ...]:
    assumed = f"{row.assumed:.0f}{baseline_marks(row)}" if row.assumed is not None else NOTHING
    return (
        f"{row.title}{own_marks(row)}",
        capital(certainty_text(row)),
        shown(row.studies),
        shown(row.participants),
        shown(measure_text(row)),
        assumed,
        shown(corresponding_text(row)),
        shown(difference_text(row)),
        shown(number_needed_text(row)),
    )


def _in_words(row: FindingRow) -> Iterable[str]:
    """Yield the effect, where the baseline risk is from, and what moved the certainty."""
    yield row.effect_in_words
    if row.baseline_source:
        yield f"Baseline risk: {row.baseline_source}."
    for heading, listed in (
        ("Rated down for", row.down),
        ("Rated up for", row.up),
        ("Not assessed", row.not_assessed),
    ):
        if listed:
            yield f"{heading}: {in_words(listed)}."


def _judgements(inputs: ReviewInputs, finding: FindingRow) -> JudgedAnalysis:
    place = {domain: number for number, domain in enumerate(DOMAINS)}
    rows = [row for row in inputs.review.grades if row.analysis == finding.analysis]
    table = PageTable(
        key=f"review-{inputs.review.name}-{finding.analysis}-judgements",
        caption=f"{inputs.title_of(finding.analysis)}: each judgement with its reason, and what in "
        "the numbers does not go with it.",
        headings=headings(
            *("Domain", "Judgement", "¶ Reason", "Judged by", "¶ What speaks against it"),
        ),
        rows=tuple(_judgement(inputs, row) for row in sorted(rows, key=lambda r: place[r.domain])),
    )
    return JudgedAnalysis(
        analysis=finding.analysis,
        title=finding.title,
        certainty=capital(certainty_text(finding)),
        note=" ".join(_in_words(finding)),
        table=table,
    )


def _judgement(inputs: ReviewInputs, row: Grade) -> tuple[str, ...]:
    against = [
        f"⚑ {capital(flag.sentence)}"
        for flag in inputs.rows(FlagRow)
        if (flag.analysis, flag.domain) == (row.analysis, row.domain)
    ]
    return (
        capital(DOMAIN_NAMES[row.domain]),
        in_words(row.judgement),
        row.reason,
        row.judged_by,
        "\n".join(against) or NOTHING,
    )


def _bias(inputs: ReviewInputs) -> PageTable:
    labels = {study.study: study.label for study in inputs.review.studies}
    rows = inputs.review.risk_of_bias
    return PageTable(
        key=f"review-{inputs.review.name}-bias",
        caption="Risk of bias of trials, in the words of whoever judged: + low, − some concern, "
        "× high, · a score or words that are none of these.",
        headings=headings("Trial", "Tool", "Domain", "Verdict", "¶ Support"),
        rows=tuple(
            (labels[row.study], row.tool, row.domain, _signed(row), shown(row.support))
            for row in rows
        ),
        verdicts=tuple(f"bias-{meaning(row.judgement)}" for row in rows),
    )


def _signed(row: RiskOfBias) -> str:
    return f"{BIAS_SIGNS[meaning(row.judgement)]} {row.judgement}"


def _not_judged(inputs: ReviewInputs) -> str:
    """Name the trials behind judged analyses of which no judgement is recorded."""
    recorded = {row.study for row in inputs.review.risk_of_bias}
    analyses = {row.analysis for row in inputs.rows(FindingRow)}
    labels = dict.fromkeys(
        row.label
        for row in inputs.rows(EffectRow)
        if row.analysis in analyses and not row.left_out and row.study not in recorded
    )
    if not labels:
        return ""
    return f"No judgement on the risk of bias is recorded for {', '.join(labels)}."
