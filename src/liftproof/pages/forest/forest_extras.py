"""Columns beside the trials of a forest plot, on request: dose, sport, means, risk of bias."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liftproof.analysis.certainty.bias import OTHER, meaning, overall_of, verdict
from liftproof.pages.certainty.bias_view import MEANINGS
from liftproof.pages.certainty.certainty_signs import BIAS_SIGNS
from liftproof.reviews.model.choice import value_of, variant_of
from liftproof.reviews.model.provenance import NUMBER, kind_of
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import EVENTS, Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.reviews.model.shown_columns import MEANS, RISK_OF_BIAS
from liftproof.rows.result_rows import EffectRow
from liftproof.words.marks import MARKS
from liftproof.words.text import capital, minus

UNKNOWN = "–"
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraCell:
    """What stands in a column beside one trial; ``marks``: † and ‡ of a number.

    ``meaning``: of a judgement, low, some, high or other, which is drawn as a light; else empty.
    """

    text: str
    marks: str = ""
    meaning: str = ""

    @property
    def marked(self) -> str:
        """The text with its marks; of a judgement, its sign and what that means."""
        if self.meaning == OTHER:
            return MEANINGS[OTHER]
        if self.meaning:
            return f"{BIAS_SIGNS[self.meaning]} {MEANINGS[self.meaning]}"
        return f"{self.text}{self.marks}"


NOT_KNOWN = ExtraCell(text=UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraColumn:
    """A column: its head, and its cells by trial, outcome, variant and arm of the effect."""

    head: str
    cells: Mapping[Key, ExtraCell]

    def of(self, effect: EffectRow) -> ExtraCell:
        """Return the cell beside an effect."""
        return self.cells.get(key_of(effect), NOT_KNOWN)

    @property
    def is_of_numbers(self) -> bool:
        """Whether its cells are numbers, which stand at the right."""
        return all(NUMBER.fullmatch(cell.text.replace("−", "-")) for cell in self._known)

    @property
    def is_of_lights(self) -> bool:
        """Whether its cells are judgements."""
        return any(cell.meaning for cell in self._known)

    @property
    def _known(self) -> list[ExtraCell]:
        return [cell for cell in self.cells.values() if cell != NOT_KNOWN]


def key_of(effect: EffectRow) -> Key:
    """Return what tells an effect apart from the others of an analysis."""
    return effect.study, effect.outcome, effect.variant, effect.arm


def extra_columns(
    review: Review, analysis: Analysis, effects: Sequence[EffectRow]
) -> tuple[ExtraColumn, ...]:
    """Return the columns that an analysis asks for, with the cells of its effects."""
    if not analysis.columns:
        return ()
    studies = {study.study: study for study in review.studies}
    outcomes = {
        (row.study, row.outcome, variant_of(row), row.arm): (studies[row.study], row)
        for row in review.outcomes
    }
    shown = {key: outcomes[key] for key in map(key_of, effects) if key in outcomes}
    return tuple(
        column for name in analysis.columns for column in _named(review, analysis.id, name, shown)
    )


def events_footnote(review: Review, effects: Sequence[EffectRow]) -> Iterator[str]:
    """Yield of which trials the counts are said to be events, not people."""
    units = {
        (row.study, row.outcome, variant_of(row), row.arm): row.unit_of_count
        for row in review.outcomes
    }
    pooled = [effect for effect in effects if not effect.left_out]
    named = [effect.label for effect in pooled if units.get(key_of(effect)) == EVENTS]
    if named:
        listed = ", ".join(dict.fromkeys(named))
        yield f"Counted are events, of which a participant may have several: {listed}."


def _named(
    review: Review, analysis: str, name: str, shown: Mapping[Key, tuple[Study, Outcome]]
) -> Iterator[ExtraColumn]:
    if name == MEANS:
        arms = zip(("intervention", "control"), review.settings.arms(analysis), strict=True)
        for arm, said in arms:
            cells = {key: _mean(review, row, arm) for key, (_, row) in shown.items()}
            yield ExtraColumn(head=f"{capital(said)}, mean (SD)", cells=cells)
    elif name == RISK_OF_BIAS:
        cells = {key: _judgement(review, study.study) for key, (study, _) in shown.items()}
        yield ExtraColumn(head="Risk of bias", cells=cells)
    else:
        cells = {key: _cell(review, name, *pair) for key, pair in shown.items()}
        yield ExtraColumn(head=capital(review.settings.named(name)), cells=cells)


def _cell(review: Review, name: str, study: Study, outcome: Outcome) -> ExtraCell:
    value = value_of(name, study, outcome)
    if not value:
        return NOT_KNOWN
    if NUMBER.fullmatch(value):
        is_own = bool(getattr(outcome, name, None)) or bool(outcome.moderators.get(name))
        return ExtraCell(
            text=minus(value),
            marks=_marks(kind_of(review, study.study, outcome if is_own else None, name)),
        )
    return ExtraCell(text=review.settings.named(value))


def _mean(review: Review, outcome: Outcome, arm: str) -> ExtraCell:
    names = (f"mean_{arm}", f"sd_{arm}")
    mean, sd = (getattr(outcome, name) for name in names)
    if mean is None or sd is None:
        return NOT_KNOWN
    kinds = {kind_of(review, outcome.study, outcome, name) for name in names}
    return ExtraCell(text=minus(f"{mean:g} ({sd:g})"), marks=_marks(*kinds))


def _marks(*kinds: str) -> str:
    return "".join(sign for kind, sign in MARKS if kind in kinds)


def _judgement(review: Review, study: str) -> ExtraCell:
    rows = [row for row in review.risk_of_bias if row.study == study]
    if not rows:
        return NOT_KNOWN
    found = verdict(rows)
    told = dict.fromkeys(
        row.judgement for row in overall_of(rows) if meaning(row.judgement) == OTHER
    )
    words = "; ".join(told) if found == OTHER else MEANINGS[found]
    return ExtraCell(text=words, meaning=found)
