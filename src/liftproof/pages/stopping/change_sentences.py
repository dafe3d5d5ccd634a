"""What would change a conclusion, in sentences: the next trials, and people of other outcome."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liftproof.pages.diagnostics.diagnostic_numbers import bounded_effect, rounded_up
from liftproof.pages.diagnostics.trial_diagnostics import values_of
from liftproof.rows.result_rows import DiagnosticRow
from liftproof.statistics.accumulation.next_trials import LEAST, MOST_TRIALS
from liftproof.statistics.fragility.search import MOST_MOVED
from liftproof.vocabulary.measure import Measure
from liftproof.words import numbers
from liftproof.words.text import counted, minus

TINY = 1.001
"""Times the least size tried: a trial found there changes the conclusion whatever its size."""
LARGEST = 100.0
"""Times the information of the median trial: no trial beyond it will be made."""
ARMS = ("intervention", "control")
Values = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppingTerms:
    """What the sentences of an analysis share. ``labels``: by key of a result, its trial's name."""

    measure: Measure
    labels: Mapping[str, str]

    def effect(self, value: float) -> str:
        """Return an effect on the analysis scale as readers see it."""
        return minus(bounded_effect(self.measure.natural(value)))

    def named(self, value: float) -> str:
        """Return an effect with the name of its measure."""
        return f"{self.measure.with_article} of {self.effect(value)}"


def next_trials_sentences(rows: Sequence[DiagnosticRow], terms: StoppingTerms) -> Iterator[str]:
    """Yield what the next trials would have to be to change the conclusion."""
    values = values_of(rows, "next_trials", "")
    if not values:
        return
    excludes = bool(values["excludes"])
    for assumed in ("none",) if excludes else ("trend", "sought"):
        if f"effect_{assumed}" in values:
            yield _next(values, assumed, terms, excludes=excludes)


def _next(values: Values, assumed: str, terms: StoppingTerms, *, excludes: bool) -> str:
    trials = values.get(f"trials_{assumed}")
    found = _finding(assumed, values[f"effect_{assumed}"], terms)
    turned = "include no effect" if excludes else "exclude no effect"
    if trials is None:
        return (
            f"Up to {MOST_TRIALS} more trials like the median one, if each finds {found}, do not "
            f"make the interval {turned}; {_single(values, assumed)}."
        )
    more, verb = counted(int(trials), "more trial"), "makes" if trials == 1 else "make"
    each = "it finds" if trials == 1 else "each finds"
    return (
        f"{more} like the median one, if {each} {found}, {verb} the interval {turned}; "
        f"{_single(values, assumed)}."
    )


def _finding(assumed: str, effect: float, terms: StoppingTerms) -> str:
    """Say what each trial put in finds."""
    if assumed == "trend":
        return f"what the pool finds ({terms.effect(effect)})"
    return terms.named(effect) if assumed == "sought" else "no effect"


def single_text(size: float | None) -> str:
    """Say how large a single trial has to be, in the information of the median one.

    >>> single_text(None), single_text(2.5)
    ('a single one does not, however large', 'a single one needs 2.50 times the information of the \
median one')
    """
    if size is None:
        return "a single one does not, however large"
    if size <= LEAST * TINY:
        return "a single one does so whatever its size"
    if size > LARGEST:
        return (
            f"a single one does so only with more than {LARGEST:.0f} times the information of the "
            "median one"
        )
    return f"a single one needs {numbers.effect(size)} times the information of the median one"


def _single(values: Values, assumed: str) -> str:
    """Say how large a single trial has to be, in people, too, where that is known."""
    size, people = values.get(f"size_{assumed}"), values.get(f"people_{assumed}")
    needs = single_text(size)
    if people is None or size is None or not LEAST * TINY < size <= LARGEST:
        return needs
    arms = [values.get(f"events_{arm}_{assumed}") for arm in ARMS]
    events = (
        f", {rounded_up(arms[0])} and {rounded_up(arms[1])} events"
        if arms[0] is not None and arms[1] is not None
        else ""
    )
    return (
        f"{needs}, about {2 * int(rounded_up(people / 2))} people "
        f"({rounded_up(people / 2)} in each arm{events})"
    )


def fragility_sentences(rows: Sequence[DiagnosticRow], terms: StoppingTerms) -> Iterator[str]:
    """Yield how few people of other outcome would have changed the conclusion."""
    values = values_of(rows, "fragility", "")
    if not values:
        return
    turned = "include no effect" if values["excludes"] else "exclude no effect"
    at_least = int(values["at_least"])
    if "fewest" not in values:
        yield (
            f"No way was found to make the interval {turned} by turning the outcome of up to "
            f"{MOST_MOVED} people; of fewer than {at_least} all ways were tried."
        )
        return
    fewest = int(values["fewest"])
    people = "1 person" if fewest == 1 else f"{fewest} people"
    exact = "no fewer do" if fewest > 1 else ""
    known = exact if values["is_exact"] else f"of fewer than {at_least} all ways were tried"
    moved = "; ".join(_moved(rows, terms))
    yield (
        f"With {people} of other outcome the interval would {turned}: {moved}"
        f"{f' ({known})' if known else ''}."
    )


def _moved(rows: Sequence[DiagnosticRow], terms: StoppingTerms) -> Iterator[str]:
    for study in dict.fromkeys(row.study for row in rows if row.study):
        values = values_of(rows, "fragility", study)
        changes = {arm: int(values.get(f"moved_{arm}", 0)) for arm in ARMS}
        parts = [_events(change, arm) for arm, change in changes.items() if change]
        if parts:
            yield f"{terms.labels.get(study, study)}, {' and '.join(parts)}"


def _events(change: int, arm: str) -> str:
    """Return "2 events more in the intervention arm".

    >>> _events(-1, "control")
    '1 event fewer in the control arm'
    """
    return f"{counted(abs(change), 'event')} {'more' if change > 0 else 'fewer'} in the {arm} arm"
