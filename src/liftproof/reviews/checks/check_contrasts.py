"""Whether each contrast can be made: known estimates, on one scale, without a common trial."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.choice import chosen
from liftproof.reviews.model.contrast_question import FEWEST, ContrastQuestion
from liftproof.reviews.model.effect_sources import is_complete
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.provenance import NUMBER
from liftproof.reviews.model.settings import Analysis
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.measures import MEASURES, taken_for
from liftproof.vocabulary.quantities import ON_EFFECT

Asked = YamlRecord[ContrastQuestion]
_KEYS = ("analyses", "printed")


def check_contrasts(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Yield what stands in the way of each item under ``contrasts``."""
    analyses = {analysis.id: analysis for analysis in file.settings.analyses}
    printed = _printed(tables, analyses, file.settings.measure)
    known = {"analyses": list(analyses), "printed": list(printed)}
    for asked in file.contrasts:
        yield from _named(asked, analyses)
        yield from _one_list(asked)
        for key in _KEYS:
            yield from _unknown(asked, key, known[key])
        compared = [analyses[name] for name in asked.record.analyses if name in analyses]
        yield from _scales(asked, {name: one.measure for name, one in analyses.items()}, "analyses")
        yield from _scales(asked, printed, "printed")
        yield from _directions(asked, compared)
        yield from _limits(asked, tables, printed)
        if tables.has_every_trial and tables.has_every_result:
            yield from _shared(asked, compared, tables)


def _printed(
    tables: Tables, analyses: Mapping[str, Analysis], review_measure: str
) -> Mapping[str, str]:
    """Return the measure of each printed result: that of its analysis, else the review's."""
    measures: dict[str, str] = {}
    for row in tables.published:
        target, analysis = row.record.target, analyses.get(row.record.analysis)
        if target and analysis:
            measures[target] = analysis.measure
        elif target:
            measures.setdefault(target, review_measure)
    return measures


def _named(asked: Asked, analyses: Mapping[str, Analysis]) -> Iterator[Problem]:
    if asked.record.id in analyses:
        wrong = "an analysis has the same id"
        yield asked.problem(("id",), wrong, "rename the contrast", found=asked.record.id)


def _one_list(asked: Asked) -> Iterator[Problem]:
    """Yield a contrast of nothing, of both kinds at once, or of fewer than two estimates."""
    given = [key for key in _KEYS if (key,) in asked.lines]
    if len(given) != 1:
        wrong = "both analyses and printed are given" if given else "nothing is compared"
        remedy = "keep one of them" if given else "add analyses: [one, two]"
        yield _problem(asked, ("analyses",), wrong, "", remedy)
        return
    names = getattr(asked.record, given[0])
    if len(names) < FEWEST:
        wrong, remedy = "a contrast needs two different estimates", "name another beside it"
        yield _problem(asked, (given[0],), wrong, ", ".join(names), remedy)


def _unknown(asked: Asked, key: str, known: Sequence[str]) -> Iterator[Problem]:
    wrong = "no such analysis" if key == "analyses" else "published.csv has no such target"
    for name in getattr(asked.record, key):
        if name not in known:
            yield _problem(asked, (key, name), wrong, name, did_you_mean(name, known))


def _scales(asked: Asked, measures: Mapping[str, str], key: str) -> Iterator[Problem]:
    """Yield an estimate that is on another scale than the first one.

    Ratios of events are compared with one another, as they are pooled with one another.
    """
    names = [name for name in getattr(asked.record, key) if name in measures]
    for name in names[1:]:
        first = names[0]
        if measures[name] not in taken_for(measures[first]):
            wrong = f"{first} is of {measures[first]} and {name} of {measures[name]}"
            remedy = "compare estimates of one kind of measure"
            yield _problem(asked, (key, name), wrong, name, remedy)


def _directions(asked: Asked, compared: Sequence[Analysis]) -> Iterator[Problem]:
    """Yield an analysis in which other values are better than in the first."""
    for analysis in compared[1:]:
        first = compared[0]
        if analysis.better != first.better:
            wrong = f"{first.better} values are better in {first.id}, not in {analysis.id}"
            remedy = "compare analyses in one direction"
            yield _problem(asked, ("analyses", analysis.id), wrong, analysis.id, remedy)


def _limits(asked: Asked, tables: Tables, measures: Mapping[str, str]) -> Iterator[Problem]:
    """Yield printed results without an estimate between its limits."""
    for target in asked.record.printed:
        printed = {
            row.record.quantity: float(row.record.printed)
            for row in tables.published
            if row.record.target == target and NUMBER.fullmatch(row.record.printed.strip())
        }
        missing = [name for name in ON_EFFECT if name not in printed]
        if missing and target in measures:
            wrong = f"published.csv has no {', '.join(missing)} of it"
            remedy = "add it, or leave the result out"
            yield _problem(asked, ("printed", target), wrong, target, remedy)
        elif target in measures and not _brackets(printed, MEASURES[measures[target]].is_log):
            wrong = "no standard error follows from its limits, which must be on both sides of it"
            remedy = "correct the print, or leave the result out"
            yield _problem(asked, ("printed", target), wrong, target, remedy)


def _brackets(printed: Mapping[str, float], is_log: bool) -> bool:
    """Say whether limits are on both sides of their estimate, and above 0 for ratios."""
    estimate, low, high = (printed[name] for name in ON_EFFECT)
    return low <= estimate <= high and low < high and (low > 0 or not is_log)


def _shared(asked: Asked, compared: Sequence[Analysis], tables: Tables) -> Iterator[Problem]:
    """Yield two analyses that pool the same trial: their estimates are not independent."""
    studies, outcomes = tables.trials, tables.results
    trials = {
        analysis.id: {
            study.study
            for study, outcome in chosen(analysis, studies, outcomes)
            if is_complete(outcome)
        }
        for analysis in compared
    }
    for one, other in combinations(trials, 2):
        shared = sorted(trials[one] & trials[other])
        if shared:
            wrong = f"{one} and {other} share trials, and the test takes them as independent"
            remedy = "compare analyses without a common trial"
            yield _problem(asked, ("analyses", other), wrong, ", ".join(shared), remedy)


def _problem(asked: Asked, place: tuple[str, ...], wrong: str, found: str, remedy: str) -> Problem:
    return asked.problem(place, f"contrast {asked.record.id}: {wrong}", remedy, found=found)
