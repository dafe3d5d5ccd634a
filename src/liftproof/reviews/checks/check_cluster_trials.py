"""Whether cluster trials are pooled as if people had been randomised one by one."""

from collections.abc import Iterator

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.model.choice import chosen
from liftproof.reviews.model.effect_sources import is_complete, source_in
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.total_clusters import (
    CLUSTERS_TOTAL,
    is_unadjusted,
    known_design_effect,
)

DIGITS = 2
"""Decimals of a design effect in a message."""


def check_unsaid_clusters(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Warn of trials with clusters or an ICC whose design is empty: nothing allows for either."""
    studies, outcomes = tables.trials, tables.results
    pooled = {
        study.study
        for analysis in file.settings.analyses
        for study, row in chosen(analysis, studies, outcomes)
        if is_complete(row)
    }
    for row in tables.studies:
        named = [name for name in OF_CLUSTERS if row.cell(name)]
        if named and not row.record.design and row.record.study in pooled:
            numbers = ", ".join(f"{name} {row.cell(name)}" for name in named)
            yield row.problem(
                "design",
                "the trial enters as if people had been randomised one by one, "
                f"but it has {numbers}",
                "write design: cluster where clusters were randomised, else individual",
                rule="cluster_unsaid",
                numbers=numbers,
            )


OF_CLUSTERS = ("clusters_intervention", "clusters_control", CLUSTERS_TOTAL, "icc", "design_effect")
"""Columns of studies.csv that a trial without clusters has no use for."""


def check_cluster_trials(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Warn of cluster trials that an analysis takes unadjusted, as extracted.

    One warning a trial whose design effect is known; the others of a review share one. An analysis
    that says ``ignore`` has said it, and one by ``design_effect`` has its own warning.
    """
    analyses, known = _unadjusted(file, tables)
    rows = {row.record.study: row for row in tables.studies}
    unknown = [study for study in analyses if study not in known]
    wrong = "a cluster trial enters as if people had been randomised one by one"
    for study, effect in known.items():
        remedy = (
            f"its clusters give a design effect of {effect:.{DIGITS}f}: type it in the column "
            "design_effect of its result, ask for clustering: design_effect, or say clustering: "
            "ignore"
        )
        names = ", ".join(analyses[study])
        yield rows[study].problem(
            "design_effect",
            f"{wrong} (analyses {names})",
            remedy,
            found="",
            rule="cluster_unadjusted",
            numbers=f"{effect:.{DIGITS}f}: {names}",
        )
    if unknown:
        yield rows[unknown[0]].problem(
            "design_effect",
            "cluster trials enter as if people had been randomised one by one",
            "give design_effect, or icc with the clusters of both arms, or say clustering: ignore",
            found=", ".join(unknown),
            rule="cluster_unadjusted",
        )


def _unadjusted(
    file: SettingsFile, tables: Tables
) -> tuple[dict[str, list[str]], dict[str, float]]:
    """Return by trial the analyses that take it unadjusted, and its design effect if known."""
    studies, outcomes = tables.trials, tables.results
    analyses: dict[str, list[str]] = {}
    known: dict[str, float] = {}
    for analysis in file.settings.analyses:
        if analysis.clustering != "as_extracted":
            continue
        for study, row in chosen(analysis, studies, outcomes):
            source = source_in(row, analysis)
            if is_complete(row) and is_unadjusted(study, row, source):
                of_study = analyses.setdefault(study.study, [])
                if analysis.id not in of_study:
                    of_study.append(analysis.id)
                effect = known_design_effect(study, row)
                if effect is not None:
                    known[study.study] = effect
    return analyses, known
