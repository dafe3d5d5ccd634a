"""What would change whether an interval shows the size that a sentence asks for, in words."""

from liftproof.analysis.claims.size_change import SizeChange
from liftproof.pages.stopping.change_sentences import single_text
from liftproof.statistics.accumulation.next_trials import MOST_TRIALS
from liftproof.vocabulary.measure import Measure
from liftproof.words import numbers
from liftproof.words.text import counted


def size_change_text(change: SizeChange, measure: Measure, level: float) -> str:
    """Return it as two sentences.

    >>> from liftproof.vocabulary.measures import MEASURES
    >>> some = SizeChange(threshold=0.5, is_shown=False, effect=0.4, trials=3, size=None)
    >>> size_change_text(some, MEASURES["RR"], 0.95)
    'The 95\u202f% interval does not yet exclude a risk ratio of 0.5. 3 more trials like the \
median one, if each finds what the pool finds (0.40), make it do so; a single one does not, \
however large.'
    """
    bound = f"{measure.with_article} of {change.threshold:.3g}"
    excludes = "excludes" if change.is_shown else "does not yet exclude"
    return f"The {numbers.level(level)} interval {excludes} {bound}. {_next(change)}."


def _next(change: SizeChange) -> str:
    trials = change.trials
    verb = "end that" if change.is_shown else "make it do so"
    finding = (
        "no effect" if change.is_shown else f"what the pool finds ({numbers.effect(change.effect)})"
    )
    each = "it finds" if trials == 1 else "each finds"
    single = single_text(change.size)
    if trials is None:
        many = f"Even {MOST_TRIALS} more trials like the median one do not"
        return f"{many} {verb} if {each} {finding}; {single}"
    if trials == 1:
        verb = verb.replace("end", "ends").replace("make", "makes")
    more = counted(trials, "more trial")
    return f"{more} like the median one, if {each} {finding}, {verb}; {single}"
