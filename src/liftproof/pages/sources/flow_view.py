"""The flow of trials of a review before any drawing: what is held, what enters, why others do not.

It tells what the data hold. How trials were searched for and screened is in no table of a review,
so that nothing is said of it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liftproof.pages.sources.left_out_words import plain_reason
from liftproof.reviews.model.membership import memberships
from liftproof.reviews.model.review import Review
from liftproof.rows.result_rows import EffectRow
from liftproof.words.marks import MARKS, marks
from liftproof.words.text import NBSP, capital, counted, outcome_names

NO_SEARCH = (
    "Counted from the data of this review. How trials were searched for and screened is not in "
    "them: this is no record of a search."
)
MOST_OUTCOMES = 5
MOST_REASONS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowBox:
    """A box: how many trials, then lines beneath. ``studies``: their keys."""

    studies: tuple[str, ...]
    heading: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowView:
    """Everything drawn: the trials held, those that leave the flow, those that enter an analysis.

    ``left``: None where every trial enters. ``notes`` stand beneath. ``said``: a sentence a reason
    with the names of its trials, and one of the trials that enter.
    """

    review: str
    analysis: str
    title: str
    held: FlowBox
    left: FlowBox | None
    entering: FlowBox
    alt_text: str
    notes: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def key(self) -> str:
        """What makes its ids unique."""
        return f"flow-{self.review}"

    @property
    def description(self) -> str:
        """The long description for screen readers."""
        return "\n".join((self.alt_text, *self.said, *self.notes))


def flow_view(review: Review, effects: Sequence[EffectRow]) -> FlowView:
    """Return the flow into the first analysis of a review; ``effects``: all its rows of effects."""
    analysis = review.settings.analyses[0]
    own = [row for row in effects if row.analysis == analysis.id]
    reasons = _reasons(review, own)
    entering = [study.study for study in review.studies if study.study not in reasons]
    results = sum(not row.left_out for row in own)
    titled = f"“{analysis.title}”"
    return FlowView(
        review=review.name,
        analysis=analysis.id,
        title=f"Flow of trials: {review.settings.title}",
        held=FlowBox(
            studies=tuple(study.study for study in review.studies),
            heading=f"{counted(len(review.studies), 'trial')} held",
            lines=(_outcomes(review),) if review.outcomes else (),
        ),
        left=_left(review, reasons) if reasons else None,
        entering=FlowBox(
            studies=tuple(entering),
            heading=f"{counted(len(entering), 'trial')} in the first analysis",
            lines=(f"{analysis.title}: {counted(results, 'result')} pooled{marks(own)}",),
        ),
        alt_text=f"Flow of trials: {len(review.studies)} held, {len(entering)} of them pooled in "
        f"{titled}, {len(reasons)} not.",
        notes=(
            NO_SEARCH,
            *(f"{sign} rests on {kind} numbers." for kind, sign in MARKS if sign in marks(own)),
        ),
        said=tuple(_said(review, reasons, entering)),
    )


def _reasons(review: Review, effects: Sequence[EffectRow]) -> Mapping[str, str]:
    """Return why each trial does not enter the first analysis, of those that do not."""
    settings = review.settings
    titles = {analysis.id: analysis.title for analysis in settings.analyses}
    pooled = {row.study for row in effects if not row.left_out}
    untold = {row.study: row.left_out for row in effects if row.study not in pooled}
    every = memberships(settings.analyses, review.studies, review.outcomes)
    firsts = ((each[0], untold.get(each[0].study.study, "")) for each in every)
    return {
        first.study.study: plain_reason(left_out or first.in_short, titles, settings.names)
        for first, left_out in firsts
        if left_out or not first.enters
    }


def _outcomes(review: Review) -> str:
    """Return how many trials have each outcome, the most frequent ones by name."""
    held = dict.fromkeys((row.outcome, row.study) for row in review.outcomes)
    by_outcome = Counter(outcome for outcome, _ in held)
    most = by_outcome.most_common(MOST_OUTCOMES)
    named = [f"{outcome_names(review.settings.named(name))}{NBSP}{number}" for name, number in most]
    others = len(by_outcome) - len(most)
    more = f"; {counted(others, 'other outcome')}" if others else ""
    return f"Trials by outcome: {', '.join(named)}{more}"


def _left(review: Review, reasons: Mapping[str, str]) -> FlowBox:
    return FlowBox(
        studies=tuple(reasons),
        heading=f"{counted(len(reasons), 'trial')} not in the first analysis",
        lines=(*_counted_reasons(reasons), *_elsewhere(review, reasons)),
    )


def _counted_reasons(reasons: Mapping[str, str]) -> Iterator[str]:
    """Yield each reason with its number of trials, the most frequent first."""
    most = Counter(reasons.values()).most_common()
    shown = most if len(most) <= MOST_REASONS + 1 else most[:MOST_REASONS]
    for reason, number in shown:
        yield f"{number}: {reason}"
    if len(shown) < len(most):
        others = most[len(shown) :]
        trials = sum(number for _, number in others)
        yield f"{trials}: {len(others)} other reasons"


def _elsewhere(review: Review, reasons: Mapping[str, str]) -> Iterator[str]:
    """Yield how many of the trials enter another analysis, where there is any other."""
    if len(review.settings.analyses) == 1:
        return
    every = memberships(review.settings.analyses, review.studies, review.outcomes)
    elsewhere = sum(
        any(each.enters for each in others)
        for first, *others in every
        if first.study.study in reasons
    )
    if not 0 < elsewhere < len(reasons):
        yield f"{'All' if elsewhere else 'None'} of them in other analyses"
    else:
        yield f"Of them {elsewhere} in other analyses, {len(reasons) - elsewhere} in none"


def _said(review: Review, reasons: Mapping[str, str], entering: Sequence[str]) -> Iterator[str]:
    labels = {study.study: study.label for study in review.studies}
    for reason, _ in Counter(reasons.values()).most_common():
        names = [labels[study] for study, given in reasons.items() if given == reason]
        yield f"{capital(reason)}: {'; '.join(names)}."
    if entering:
        yield f"Pooled: {'; '.join(labels[study] for study in entering)}."
