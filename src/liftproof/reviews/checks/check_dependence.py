"""Effects of one trial that an analysis pools as if they were independent."""

from collections.abc import Iterable, Iterator, Sequence

from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.choice import Chosen
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome
from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.models import THREE_LEVEL


def dependent(asked: YamlRecord[Analysis], rows: Sequence[Chosen]) -> Iterator[Problem]:
    """Warn of effects of one trial that are pooled as if independent.

    The three-level model allows for several outcomes of a trial, but takes the errors of arms
    that share a control group as independent too.
    """
    by_study: dict[str, list[Outcome]] = {}
    for _, outcome in rows:
        by_study.setdefault(outcome.study, []).append(outcome)
    several = {study: outcomes for study, outcomes in by_study.items() if len(outcomes) > 1}
    for study, outcomes in several.items():
        arms = _sharing(outcomes)
        names = sorted({outcome.outcome for outcome in outcomes})
        for what, values in (("outcomes", names), ("arms with one control group", arms)):
            is_modelled = asked.record.model == THREE_LEVEL and values is names
            if len(values) > 1 and not is_modelled:
                wrong = f"analysis {asked.record.id} pools dependent effects, {what} of {study}"
                found = ", ".join(value or "unnamed" for value in values)
                remedy = "select one of them, unless that is meant"
                yield asked.problem(
                    ("select",), wrong, remedy, found=found, rule="dependent_effects"
                )


def _sharing(outcomes: Iterable[Outcome]) -> list[str]:
    """Return the arms of a trial with one control group: unlike means tell two of them apart.

    A control group that was divided among them is none.
    """
    arms: dict[tuple[str, float | None, float | None], set[str]] = {}
    for row in outcomes:
        if row.control_split is None:
            arms.setdefault((row.outcome, row.mean_control, row.sd_control), set()).add(row.arm)
    largest: set[str] = max(arms.values(), key=len, default=set())
    return sorted(largest)
