"""The page, from the rows of every review."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from liftproof.pages.certainty.certainty_tables import Certain, certainty_of
from liftproof.pages.claims.claim_page import ledger_page
from liftproof.pages.diagnostics.diagnostic_tables import Diagnosis, diagnoses
from liftproof.pages.dose.dose_tables import Doses, doses_of
from liftproof.pages.estimates import engine_words as engines
from liftproof.pages.estimates import summary
from liftproof.pages.estimates.estimate_tables import (
    engines_table,
    estimates_table,
    heterogeneity_table,
)
from liftproof.pages.estimates.shared_sentences import Shared, shared_cautions, shared_methods
from liftproof.pages.forest.forest_section import Plot, forest_anchor, forest_plots
from liftproof.pages.inputs import ClaimInputs, ReviewInputs
from liftproof.pages.multiverse.multiverse_tables import Multiverse, multiverse_of
from liftproof.pages.printed import verdict_words as verdicts
from liftproof.pages.printed.cause_tables import causes_table
from liftproof.pages.printed.printed_tables import (
    kinds_table,
    marked_table,
    reproduction_table,
    summary_table,
    targets_table,
    verdicts_table,
)
from liftproof.pages.sources import provenance_words as provenance
from liftproof.pages.sources.trial_sources import TrialSource, trial_sources
from liftproof.pages.table import Table
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.provenance import provenance_summary
from liftproof.reviews.model.review import Review
from liftproof.words.marks import MARKS, marks
from liftproof.words.references import cited

SOFTWARE = (
    *("liftproof", "numpy", "scipy", "pandas", "pymare", "statsmodels", "matplotlib"),
    *("seaborn", "snakemake", "jinja2"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came out of one analysis, in words; ``anchor`` is empty where no figure was drawn."""

    title: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One review, every number in words."""

    review: Review
    outcomes: tuple[Outcome, ...]
    tally: str
    reproduces: tuple[verdicts.Result, ...]
    differs: tuple[verdicts.Result, ...]
    complaints: tuple[str, ...]
    plots: tuple[Plot, ...]
    printed: Table
    estimates: Table
    heterogeneity: Table
    cautions: tuple[Shared, ...]
    certain: Certain
    reproduction: Table
    causes: Table
    targets: Table
    multiverse: Multiverse
    doses: Doses
    left_out: tuple[tuple[str, str, str], ...]
    awaiting: tuple[provenance.Awaiting, ...]
    provenance: str
    kinds: Table
    marked: Table
    trials: tuple[TrialSource, ...]
    warnings: tuple[str, ...]
    diagnoses: tuple[Diagnosis, ...]
    checked: str
    engines: Table
    methods: tuple[Shared, ...]


NO_CLAIMS = ClaimInputs()


def build(every: Sequence[ReviewInputs], claims: ClaimInputs = NO_CLAIMS) -> str:
    """Return the report as one HTML page that loads nothing from elsewhere.

    The page holds no date, time or path: the same rows give the same bytes.
    """
    environment = Environment(
        loader=PackageLoader("liftproof.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    pages = [_page(inputs) for inputs in every]
    text = " ".join(shared.text for page in pages for shared in page.methods)
    return environment.get_template("report.html.j2").render(
        css=Markup(files("liftproof.report").joinpath("report.css").read_text("utf-8")),
        ledger=ledger_page(claims, every),
        pages=pages,
        verdicts_table=verdicts_table(),
        marks=MARKS,
        references=cited(f"{text} {_REPRISE}"),
        reprise=_REPRISE,
        versions=[
            ("Python", platform.python_version()),
            *((name, version(name)) for name in SOFTWARE),
        ],
        verdict_text=verdicts.verdict_text,
    )


_REPRISE = (
    "The REPRISE class is that of Nguyen and others 2025: whether estimate and width of the "
    "interval are within 10 % of what was printed, and, as a meaningful change, whether the "
    "direction of the effect changed, or whether its interval includes no effect."
)


def _page(inputs: ReviewInputs) -> Page:
    found = verdicts.results(inputs.reproduction)
    sources = provenance_summary(inputs.review)
    return Page(
        review=inputs.review,
        outcomes=_outcomes(inputs),
        tally=verdicts.tally(inputs.reproduction),
        reproduces=tuple(row for row in found if verdicts.VERDICTS[row.verdict].reproduces),
        differs=tuple(row for row in found if not verdicts.VERDICTS[row.verdict].reproduces),
        complaints=verdicts.complaints(inputs.reproduction),
        plots=forest_plots(inputs),
        printed=summary_table(inputs),
        estimates=estimates_table(inputs),
        heterogeneity=heterogeneity_table(inputs),
        cautions=shared_cautions(inputs),
        certain=certainty_of(inputs),
        reproduction=reproduction_table(inputs),
        causes=causes_table(inputs),
        targets=targets_table(inputs),
        multiverse=multiverse_of(inputs),
        doses=doses_of(inputs),
        left_out=_left_out(inputs),
        awaiting=provenance.awaiting(inputs.review),
        provenance=provenance.sentence(sources),
        kinds=kinds_table(inputs.review, sources),
        marked=marked_table(inputs.review, sources),
        trials=trial_sources(inputs),
        warnings=tuple(_warning(row) for row in inputs.review.warnings),
        diagnoses=diagnoses(inputs),
        checked=engines.checked_by(inputs.engines),
        engines=engines_table(inputs),
        methods=shared_methods(inputs),
    )


def _warning(problem: Problem) -> str:
    """Return a problem with the name of its file only: where the folder lies is no result."""
    return (
        f"{problem.path.name}, line {problem.line}, {problem.column}: {problem.wrong}, found "
        f"{problem.found!r}, {problem.remedy}"
    )


def _outcomes(inputs: ReviewInputs) -> tuple[Outcome, ...]:
    drawn = {figure.analysis for figure in inputs.figures}
    return tuple(
        Outcome(
            title=f"{row.title}{marks(inputs.effects_of(row.analysis))}",
            text=summary.outcome(row),
            anchor=forest_anchor(row.review, row.analysis) if row.analysis in drawn else "",
        )
        for row in inputs.estimates
    )


def _left_out(inputs: ReviewInputs) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (row.label, inputs.title_of(row.analysis), row.left_out)
        for row in inputs.effects
        if row.left_out
    )
