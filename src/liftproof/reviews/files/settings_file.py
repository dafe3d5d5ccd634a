"""``review.yaml`` to settings: every key known, every value of its kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from liftproof.reviews.files.key_reader import read_record
from liftproof.reviews.files.yaml_file import YamlFile
from liftproof.reviews.files.yaml_record import KeyPath, YamlRecord
from liftproof.reviews.model.contrast_question import ContrastQuestion
from liftproof.reviews.model.dose_question import LINEAR, DoseQuestion
from liftproof.reviews.model.identifiers import DOI, NO_DOI, doi_remedy
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.publication import Publication
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.reviews.model.trial_total import TrialTotal
from liftproof.vocabulary.measures import MEASURES, taken_for


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsFile:
    """What ``review.yaml`` says; wrong values are replaced by the defaults, and are problems.

    ``analyses``, ``doses``, ``contrasts``, ``totals``, ``publications``: those of ``settings``,
    with the lines of their keys; ``lines``: of the keys of the review itself.
    """

    path: Path
    settings: Settings
    analyses: tuple[YamlRecord[Analysis], ...] = ()
    doses: tuple[YamlRecord[DoseQuestion], ...] = ()
    contrasts: tuple[YamlRecord[ContrastQuestion], ...] = ()
    totals: tuple[YamlRecord[TrialTotal], ...] = ()
    publications: tuple[YamlRecord[Publication], ...] = ()
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def settings_of(text: str, shown: Path) -> SettingsFile:
    """Read the text of a ``review.yaml``."""
    file = YamlFile(path=shown)
    typed = read_record(file, text, Settings)
    analyses = tuple(
        replace(each, record=_within(each, typed.record))
        for each in typed.items("analyses", typed.record.analyses)
    )
    doses = typed.items("dose", typed.record.dose)
    return SettingsFile(
        path=shown,
        settings=replace(typed.record, analyses=tuple(each.record for each in analyses)),
        analyses=analyses,
        doses=doses,
        contrasts=typed.items("contrasts", typed.record.contrasts),
        totals=typed.items("totals", typed.record.totals),
        publications=typed.items("publications", typed.record.publications),
        lines=typed.lines,
        problems=(*file.problems, *_doi(typed), *_without_unit(doses)),
    )


def _within(analysis: YamlRecord[Analysis], settings: Settings) -> Analysis:
    """Return an analysis with what its review says for it."""
    record = analysis.record
    measure = record.measure or settings.measure
    review = settings if measure == "SMD" else Settings(title="")
    has_own = record.pre_post_correlation is not None
    return replace(
        record,
        measure=measure,
        level=settings.level,
        pooled_with=_pooled_with(analysis, settings, measure),
        smd=record.smd or review.smd,
        change_sd=record.change_sd or review.change_sd,
        pre_post_correlation=(record if has_own else review).pre_post_correlation,
        multiverse=replace(record.multiverse, is_asked=("multiverse",) in analysis.lines),
    )


def _pooled_with(
    analysis: YamlRecord[Analysis], settings: Settings, measure: str
) -> tuple[str, ...]:
    """Return the ratios that an analysis says, or those of its review that go with its own."""
    if ("pooled_with",) in analysis.lines or measure not in MEASURES:
        return analysis.record.pooled_with
    kin = taken_for(measure)
    return tuple(code for code in settings.pooled_with if code in kin and code != measure)


def _without_unit(doses: tuple[YamlRecord[DoseQuestion], ...]) -> Iterator[Problem]:
    """Yield the units of curves, of which only a straight line has one."""
    for dose in doses:
        if ("per",) in dose.lines and dose.record.form != LINEAR:
            wrong = f"the form {dose.record.form} has no unit of its slope"
            yield dose.problem(("per",), wrong, "delete it", found=f"{dose.record.per:g}")


def _doi(typed: YamlRecord[Settings]) -> Iterator[Problem]:
    """Yield a DOI of the review that is none."""
    doi = typed.record.doi
    if doi and not DOI.fullmatch(doi):
        yield typed.problem(("doi",), NO_DOI, doi_remedy(doi), found=doi)
