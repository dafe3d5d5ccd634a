"""A printed pool and how it was made: as stated, else the method that gives most of its prints."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf, log1p

from liftproof.analysis.audit.audited_trial import key_of_line, source_for, why_no_effect
from liftproof.analysis.audit.interval_rules import LIMITS
from liftproof.analysis.causes.question import read_print
from liftproof.analysis.estimates import PooledAnalysis, pool_analysis
from liftproof.analysis.reproduction import reproduce
from liftproof.errors import LiftproofError
from liftproof.reviews.audited_table import AuditedRow, AuditedTable
from liftproof.reviews.model.audited_line import PRINTS, AuditedLine
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Published
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.result_rows import EstimateRow, ReproductionRow
from liftproof.vocabulary.levels import USUAL_LEVEL
from liftproof.vocabulary.models import COUNT_MODELS, INVERSE_VARIANCE
from liftproof.vocabulary.print_verdicts import VERDICTS

Method = tuple[str, str]
METHODS: Sequence[Method] = (
    *((INVERSE_VARIANCE, "FE"), ("MH", "FE"), (INVERSE_VARIANCE, "DL"), (INVERSE_VARIANCE, "REML")),
    *((INVERSE_VARIANCE, "PM"), ("Peto", "FE")),
)
"""Model and τ² method that are tried where the paper states none; of equals the first is taken."""
Fit = tuple[int, float]
NO_FIT = (0, -inf)
"""How many prints a pool gives, and how near it comes to the others: the larger the better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedMethod:
    """A way to make a pool; ``pooled`` is None where ``missing`` says why it could not be.

    ``fit``: how well it gives the prints. ``gives_effect``: whether it gives those of estimate and
    limits.
    """

    analysis: Analysis
    pooled: PooledAnalysis | None
    fit: Fit
    missing: str = ""
    gives_effect: bool = False

    @property
    def name(self) -> str:
        """What the method is called."""
        return method_name(self.analysis.model, self.analysis.tau2)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedPool:
    """A pool with its trials; ``pooled`` is None where ``missing`` says what keeps it from being.

    ``is_stated``: whether the file names the whole method: a model of counts, or τ² by name.
    ``tried``: the methods looked at, one where it does.
    """

    row: AuditedRow
    trials: tuple[AuditedRow, ...]
    analysis: Analysis
    pooled: PooledAnalysis | None
    missing: str
    is_stated: bool
    tried: tuple[TriedMethod, ...] = ()


def audited_pool(table: AuditedTable, row: AuditedRow, review: Review) -> AuditedPool:
    """Return a pool of the table; ``review``: its trials as rows of a review."""
    trials, record = table.trials_of(row), row.record
    reasons = [
        f"{one.record.label} (line {one.line}): {reason}"
        for one in trials
        for reason in [why_no_effect(one, record.measure)]
        if reason
    ]
    is_stated = bool(stated_methods(record))
    asked = [] if reasons else analyses_of(row)
    tried = tuple(_tried(review, row, analysis) for analysis in asked)
    fitting = [one for one in tried if one.pooled is not None]
    best = max(fitting, key=lambda one: one.fit, default=None)
    why = "; ".join(reasons) or (tried[0].missing if tried else "")
    return AuditedPool(
        row=row,
        trials=trials,
        analysis=best.analysis if best else analyses_of(row)[0],
        pooled=best.pooled if best else None,
        missing="" if best else why,
        is_stated=is_stated,
        tried=tried,
    )


def analyses_of(row: AuditedRow) -> list[Analysis]:
    """Return the analysis that the paper states, or one for each method that is tried."""
    record = row.record
    select = {"outcome": (record.measure.lower(),)}
    if record.subgroup:
        select["category"] = (record.subgroup,)
    base = Analysis(
        id=key_of_line(row.line),
        title=record.label,
        measure=record.measure,
        interval=record.interval or "wald",
        select=select,
        level=record.ci_level or USUAL_LEVEL,
    )
    return [
        replace(
            base,
            model=model,
            tau2=tau2,
            interval="wald" if model in COUNT_MODELS else base.interval,
        )
        for model, tau2 in stated_methods(record) or left_open(record)
    ]


def stated_methods(record: AuditedLine) -> Sequence[Method]:
    """Return model and τ² method of a pool where the file leaves neither open, else nothing.

    A model of counts needs no τ² method, and looks at none; inverse variance does.
    """
    if record.model in COUNT_MODELS:
        return [(record.model, record.tau2_method or "DL")]
    return [(INVERSE_VARIANCE, record.tau2_method)] if record.tau2_method else []


def left_open(record: AuditedLine) -> Sequence[Method]:
    """Return the methods that are tried: those of the model, where that is stated."""
    return [method for method in METHODS if record.model in ("", method[0])]


def method_name(model: str, tau2: str) -> str:
    """Return what a method is called: by its model of counts, else by its estimator of τ²."""
    return tau2 if model == INVERSE_VARIANCE else model


def _tried(review: Review, row: AuditedRow, analysis: Analysis) -> TriedMethod:
    """Return an analysis with its pool, how well that fits, and why it is none."""
    if analysis.model in COUNT_MODELS and not _all_counted(review, analysis):
        why = f"{analysis.model} pools counts, and some trial has none"
        return TriedMethod(analysis=analysis, pooled=None, fit=NO_FIT, missing=why)
    try:
        pooled = pool_analysis(review, analysis)
    except LiftproofError as error:
        return TriedMethod(analysis=analysis, pooled=None, fit=NO_FIT, missing=str(error))
    rows = held_against(row, pooled.estimate, review)
    return TriedMethod(
        analysis=analysis,
        pooled=pooled,
        fit=fit_of(rows),
        gives_effect=all(
            VERDICTS[one.verdict].reproduces for one in rows if one.quantity in LIMITS
        ),
    )


def fit_of(rows: Sequence[ReproductionRow]) -> Fit:
    """Return how well computed numbers fit the prints."""
    apart = [
        log1p(abs(row.computed - number.value) / number.unit)
        for row in rows
        for number in [read_print(row.printed)]
        if row.computed is not None and not number.bound
    ]
    return sum(VERDICTS[one.verdict].reproduces for one in rows), -sum(apart)


def _all_counted(review: Review, analysis: Analysis) -> bool:
    names = analysis.select["outcome"]
    return all(one.estimate is None for one in review.outcomes if one.outcome in names)


def published_of(row: AuditedRow, missing: str = "") -> Iterator[Published]:
    """Yield the printed numbers of a row, as rows of ``published.csv``."""
    for name in PRINTS:
        if row.cell(name):
            yield Published(
                target=key_of_line(row.line),
                analysis=key_of_line(row.line),
                description=row.record.label,
                quantity=name,
                printed=row.cell(name),
                blocked=missing,
                line=row.line,
            )


def held_against(
    row: AuditedRow, estimate: EstimateRow, review: Review, quantities: Collection[str] = PRINTS
) -> Sequence[ReproductionRow]:
    """Return the printed numbers of a row, those of some quantities, held against an estimate."""
    published = tuple(one for one in published_of(row) if one.quantity in quantities)
    return reproduce(replace(review, published=published), [estimate])


def gives_effect(row: AuditedRow, analysis: Analysis, review: Review) -> bool:
    """Say whether the trials of a review give the printed estimate and limits of a row."""
    try:
        estimate = pool_analysis(review, analysis).estimate
    except LiftproofError:
        return False
    rows = held_against(row, estimate, review, LIMITS)
    return all(one.verdict == "reproduced" for one in rows)


def trial_analysis(row: AuditedRow, measure: str) -> Analysis | None:
    """Return the analysis of one trial; None where its estimate is all that there is of it."""
    if source_for(row, measure) == "estimate" or why_no_effect(row, measure):
        return None
    return Analysis(
        id=key_of_line(row.line),
        title=row.record.label,
        measure=measure,
        tau2="FE",
        interval="wald",
        select={"outcome": (measure.lower(),), "study": (key_of_line(row.line),)},
        level=row.record.ci_level or USUAL_LEVEL,
    )
