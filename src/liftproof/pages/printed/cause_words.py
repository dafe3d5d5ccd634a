"""What a search for the cause of a mismatch found, in sentences."""

from liftproof.analysis.causes.candidates import Candidate, Causes
from liftproof.analysis.causes.question import decimals_of, read_print
from liftproof.analysis.causes.review_causes import CauseFinding
from liftproof.vocabulary.quantities import QUANTITIES
from liftproof.words import numbers
from liftproof.words.text import minus

LIKELY_BY_CHANCE = 0.5
UNLIKELY_BY_CHANCE = 0.05
LEAST_SHOWN = 0.01
"""Of what chance would do; less prints as 0.00."""
PAIR = 2
MOST_NAMED = 3
"""Further departures that a table or sentence names; the rest are counted."""

FINDINGS = {
    "named": "a cause is named",
    "contradicted": "contradicted by other printed numbers",
    "this_number_alone": "no cause found",
    "by_chance": "no cause found",
    "none": "no cause found",
    "other_trials": "the data differ",
    "not_searched": "not searched",
}

COUNT = (
    "A count of trials or people: no method changes it, it tells which trials and people entered."
)


def cause_sentence(found: CauseFinding) -> str:
    """Return what was found, how many departures were tried, and what chance would do."""
    causes = found.causes
    if causes is None:
        return COUNT
    said = SENTENCES[found.finding](found, causes)
    doubt = (
        " The computed number rests on one that was seen in no source."
        if found.row.unverified == "yes" and found.finding == "named"
        else ""
    )
    return said + doubt


def _named(found: CauseFinding, causes: Causes) -> str:
    del found
    first = causes.candidates[0]
    return (
        f"With {first.words} the number is {_gives(first, causes)}. {_rivals(causes)} "
        f"{_equals(causes)}"
        f"{_chance(causes)}"
        f"{_agreement(first, causes)}"
    )


def _gives(candidate: Candidate, causes: Causes) -> str:
    shown = _shown(candidate.gives, causes.printed)
    printed = minus(causes.printed)
    together = "together " if candidate.departures > 1 else ""
    if candidate.kind in ("presentation", "slip", "method_and_slip"):
        return (
            f"{together}the printed {printed} instead of {_shown(causes.computed, causes.printed)}"
        )
    return f"{together}{shown}, for the printed {printed}"


def _rivals(causes: Causes) -> str:
    count = len(causes.candidates)
    kind = "departures" if causes.departures == 1 else "departures and pairs"
    if count == 1:
        return f"Of {causes.tried} {kind} tried no other gives it."
    more = "1 more gives" if count == PAIR else f"{count - 1} more give"
    return f"Of {causes.tried} {kind} tried {more} it."


def _equals(causes: Causes) -> str:
    """Return which others no print tells from the cause named, empty for none."""
    if not causes.equals:
        return ""
    shown = "; ".join(one.words for one in causes.equals[:MOST_NAMED])
    more = len(causes.equals) - MOST_NAMED
    rest = f"; and {more} more" if more > 0 else ""
    return f"About as likely, and told from it by no print: {shown}{rest}. "


def _chance(causes: Causes) -> str:
    """Return how many departures as plausible as the cause named chance alone would make fit."""
    is_less = causes.chance < LEAST_SHOWN
    expected = f"fewer than {LEAST_SHOWN}" if is_less else numbers.decimal(causes.chance)
    return (
        f"{_strength(causes.chance)} evidence for this number alone: by chance {expected} "
        "departures as plausible would give it."
    )


def _strength(chance: float) -> str:
    if chance >= LIKELY_BY_CHANCE:
        return "Weak"
    return "Some" if chance > UNLIKELY_BY_CHANCE else "Strong"


def _agreement(candidate: Candidate, causes: Causes) -> str:
    if not causes.others:
        return ""
    return (
        f" It gives {candidate.agrees} of the {causes.others} other numbers printed of this result."
    )


def _alone(found: CauseFinding, causes: Causes) -> str:
    del found
    first = causes.candidates[0]
    return (
        f"No cause found. With {first.words} the number is {_gives(first, causes)}, but only "
        f"{first.agrees} of the {causes.others} other numbers printed of this result follow; "
        f"by chance {numbers.decimal(causes.chance)} of {causes.tried} tried would give this one."
    )


def _by_chance(found: CauseFinding, causes: Causes) -> str:
    del found
    count = len(causes.candidates)
    fit = "1 departure or pair gives" if count == 1 else f"{count} departures or pairs give"
    return (
        f"No cause found. Of {causes.tried} tried {fit} the printed number, and "
        f"{numbers.decimal(causes.chance)} would by chance."
    )


def _none(found: CauseFinding, causes: Causes) -> str:
    del found
    return f"No cause found: none of {causes.tried} departures and pairs gives the printed number."


def _other_trials(found: CauseFinding, causes: Causes) -> str:
    counts = " and ".join(
        f"{row.printed} {QUANTITIES[row.quantity].name} ({numbers.decimal(row.computed, 0)} here)"
        for row in found.counts
    )
    happen = len(causes.candidates)
    chance = (
        f" Of {causes.tried} departures tried {happen} would give this number, which says "
        "nothing as long as the data differ."
        if happen
        else ""
    )
    return f"The review counts {counts}: the data differ, and no method is named.{chance}"


def _contradicted(found: CauseFinding, causes: Causes) -> str:
    first = causes.candidates[0]
    implied = _shown(causes.computed, causes.printed)
    instead = minus(f"{first.gives:.{decimals_of(read_print(causes.printed))}f}")
    missing = "" if found.row.computed is not None else " No trial data are needed to see it."
    return (
        f"Other printed numbers imply {implied} for the printed {minus(causes.printed)}: "
        f"{first.words}, for {instead}, would explain it ({numbers.decimal(causes.chance)} such "
        f"slips expected by chance). Which of the prints is wrong they do not tell.{missing}"
    )


def _rounds(found: CauseFinding, causes: Causes) -> str:
    """Say why a print that the computed number rounds to is missed all the same."""
    del found
    return (
        f"No cause is needed for {minus(causes.printed)} as it stands: "
        f"{_shown(causes.computed, causes.printed)} rounds to it. The prints beside it have more "
        "decimals, by which it is missed: a zero at its end may be lost."
    )


SENTENCES = {
    "rounds": _rounds,
    "named": _named,
    "this_number_alone": _alone,
    "by_chance": _by_chance,
    "none": _none,
    "other_trials": _other_trials,
    "contradicted": _contradicted,
}


def _shown(value: float, printed: str) -> str:
    """Return a number with one digit more than the print."""
    return minus(numbers.decimal(value, decimals_of(read_print(printed)) + 1))
