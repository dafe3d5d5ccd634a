"""Whether each analysis can be computed from the rows it chooses."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from liftproof.errors import UsageError
from liftproof.reviews.checks.check_computable import (
    GIVEN,
    RowFinding,
    computable,
    is_uncorrected,
    measure_of,
)
from liftproof.reviews.checks.check_dependence import dependent
from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.checks.check_selection import check_names
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.choice import Chosen, chosen, value_of
from liftproof.reviews.model.directions import HIGHER
from liftproof.reviews.model.effect_sources import is_complete, source_in
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome
from liftproof.reviews.model.settings import YES, Analysis
from liftproof.vocabulary.measures import MEASURES, STAND_INS, source_of_counts, taken_for
from liftproof.vocabulary.models import COUNT_MODELS, THREE_LEVEL
from liftproof.vocabulary.suitability import (
    OF_COUNTS,
    require_counts,
    require_interval,
    require_prediction,
    require_predictive,
    require_three_level,
    require_use,
    require_whole_counts,
)


def check_analyses(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Yield what stands in the way of each analysis, and what its reader should know."""
    findings: dict[tuple[int, str, str], RowFinding] = {}
    analyses: dict[tuple[int, str, str], list[str]] = {}
    for asked in file.analyses:
        named = list(check_names(asked, tables))
        yield from named
        if any(problem.column == "select" for problem in named):
            continue
        rows = chosen(asked.record, tables.trials, tables.results)
        if rows or (tables.studies and tables.has_every_result):
            yield from _whole(file, asked, rows)
        for finding in _each(asked.record, rows, tables, file.settings.measure):
            key = (id(finding.row), finding.column, finding.wrong)
            findings[key] = finding
            analyses.setdefault(key, []).append(asked.record.id)
    for key, finding in findings.items():
        yield _reported(finding, analyses[key])


def _reported(finding: RowFinding, analyses: list[str]) -> Problem:
    names = ("analysis " if len(analyses) == 1 else "analyses ") + ", ".join(analyses)
    return finding.row.problem(
        finding.column,
        f"{finding.wrong} ({names})",
        finding.remedy,
        found=finding.found,
        rule=finding.rule,
    )


def _whole(
    file: SettingsFile, asked: YamlRecord[Analysis], rows: Sequence[Chosen]
) -> Iterator[Problem]:
    """Yield what concerns the analysis as a whole."""
    name = asked.record.id
    pooled = [pair for pair in rows if is_complete(pair[1])]
    if not rows and asked.record.select:
        wrong, remedy = f"analysis {name} selects no trial", "widen select, or delete the analysis"
        yield asked.problem(("select",), wrong, remedy, found="")
    elif not pooled:
        wrong = f"every trial that analysis {name} selects awaits data"
        found, remedy = _names(study.study for study, _ in rows), "fill in a result"
        yield asked.problem(("select",), wrong, remedy, found=found, rule="nothing_to_pool")
    yield from _directed(asked)
    yield from _together(asked)
    yield from _unsuitable(asked, pooled)
    yield from _mixed(asked, pooled, file.settings.measure)
    yield from _way_back(asked)
    yield from dependent(asked, pooled)


def _directed(asked: YamlRecord[Analysis]) -> Iterator[Problem]:
    """Yield an analysis of events of which more is said to be better."""
    measure = MEASURES[asked.record.measure]
    if asked.record.better == HIGHER and not measure.has_null:
        wrong = f"{measure.code} is of one group, and favours nobody"
        yield asked.problem(("better",), wrong, "leave it out", found=HIGHER)
        return
    can_be_higher = measure.is_of_means or measure.is_of_one_group or measure.code == GIVEN
    if asked.record.better == HIGHER and not can_be_higher:
        wrong = f"analysis {asked.record.id} compares events, of which fewer are better"
        remedy = "leave it out, or choose a measure of means"
        yield asked.problem(("better",), wrong, remedy, found=HIGHER)


def _together(asked: YamlRecord[Analysis]) -> Iterator[Problem]:
    """Yield ratios that an analysis is to pool with its own, but cannot."""
    measure = asked.record.measure
    kin = [code for code in taken_for(measure) if code != measure]
    for code in asked.record.pooled_with:
        if code not in kin:
            wrong = f"analysis {asked.record.id} pools {measure}, and {code} cannot stand for it"
            offered = [other for other in kin if other in STAND_INS.values()]
            remedy = f"write {' or '.join(offered)}, or delete it" if offered else "delete it"
            yield asked.problem(("pooled_with",), wrong, remedy, found=code)


def _unsuitable(asked: YamlRecord[Analysis], rows: Sequence[Chosen]) -> Iterator[Problem]:
    """Yield the reason why a model cannot pool its trials, or has no such prediction."""
    analysis = asked.record
    asked_for = (analysis.prediction, analysis.tau2, analysis.model)
    interval = (analysis.interval, analysis.tau2, analysis.model)
    needs = (
        (
            "model",
            "choose another model, measure, or extraction",
            partial(_require, analysis, rows),
        ),
        ("interval", "choose another, or tau2 REML", partial(require_interval, *interval)),
        ("prediction", "choose another, or leave it out", partial(require_prediction, *asked_for)),
        *(
            ("predictive", "leave it out", partial(require_predictive, *asked_for[1:]))
            for _ in range(analysis.predictive == YES)
        ),
        *(
            (
                key,
                "leave it out",
                partial(require_use, analysis.model, {key: getattr(analysis, key)}),
            )
            for key in OF_COUNTS
            if (key,) in asked.lines
        ),
    )
    for key, remedy, require in needs:
        try:
            require()
        except UsageError as error:
            wrong = f"analysis {analysis.id}: {str(error).rstrip('.')}"
            found = getattr(analysis, key)
            yield asked.problem((key,), wrong, remedy, found=found)


def _require(analysis: Analysis, rows: Sequence[Chosen]) -> None:
    """Raise UsageError where the model does not fit the rows, all together or in a subgroup."""
    if analysis.model in COUNT_MODELS:
        kind = source_of_counts(analysis.measure)
        without = [study.label for study, row in rows if source_in(row, analysis) != kind]
        require_counts(analysis.model, analysis.measure, without)
        require_whole_counts(analysis.model, [study.label for study, row in rows if _is_part(row)])
    if analysis.model == THREE_LEVEL:
        groups: dict[str, list[str]] = {"": [study.study for study, _ in rows]}
        for study, row in rows if analysis.subgroup else ():
            groups.setdefault(value_of(analysis.subgroup, study, row), []).append(study.study)
        for trials in groups.values():
            require_three_level(analysis.tau2, analysis.interval, trials)


def _is_part(row: Outcome) -> bool:
    """Say whether a control arm is a fraction of people or events."""
    shares = (row.n_control, row.events_control)
    return any(share is not None and share != int(share) for share in shares)


def _way_back(asked: YamlRecord[Analysis]) -> Iterator[Problem]:
    """Warn of a measure whose pooled values have no way back of their own."""
    caution = MEASURES[asked.record.measure].caution
    if caution:
        wrong, _, remedy = caution.rpartition("; ")
        yield asked.problem(
            ("measure",), wrong, remedy, found=asked.record.measure, rule="way_back"
        )


def _mixed(
    asked: YamlRecord[Analysis], rows: Sequence[Chosen], review_measure: str
) -> Iterator[Problem]:
    measures = {
        outcome.study: measure_of(asked.record, outcome, review_measure) for _, outcome in rows
    }
    others = {study: code for study, code in measures.items() if code != asked.record.measure}
    if others and set(others.values()) <= set(taken_for(asked.record.measure)):
        wrong = f"analysis {asked.record.id} ({asked.record.measure}) mixes measures"
        found = _names(f"{study} {code}" for study, code in others.items())
        remedy = "tell the reader that they are pooled as if they were one"
        yield asked.problem(("measure",), wrong, remedy, found=found, rule="mixed_measures")


def _each(
    analysis: Analysis, rows: Sequence[Chosen], tables: Tables, review_measure: str
) -> Iterator[RowFinding]:
    """Yield what is wrong with single rows in this analysis."""
    of_study = {row.record.study: row for row in tables.studies}
    of_outcome = {row.record.line: row for row in tables.outcomes}
    for study, outcome in rows:
        if is_complete(outcome):
            row = of_outcome[outcome.line]
            yield from computable(analysis, row, review_measure)
            if is_uncorrected(analysis, study, outcome):
                yield RowFinding(
                    row=of_study[study.study],
                    column="design_effect",
                    wrong="a cluster trial without design effect enters uncorrected",
                    found="",
                    remedy="give design_effect, or icc with the clusters and n of both arms",
                    rule="cluster_unadjusted",
                )


def _names(values: Iterable[str]) -> str:
    return ", ".join(values)
