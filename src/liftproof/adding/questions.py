"""What to ask of a trial, one question after the other, until its row is whole."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from liftproof.adding.answers import Ask, TrialQuestion, asked_for
from liftproof.adding.names_in_use import outcome_near, trial_in_use
from liftproof.adding.trial_entry import (
    KINDS_OF_RESULT,
    UNSOURCED,
    Source,
    has_result,
    year_in,
)
from liftproof.errors import UsageError
from liftproof.reviews.checks.number_limits import LAST_YEAR
from liftproof.reviews.model.provenance import KINDS, UNVERIFIED
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Settings
from liftproof.reviews.trial_identity import trial_key
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.printed_forms import OFFERED
from liftproof.vocabulary.sources import OF_ESTIMATES, SOURCES

FIRST = ("label", "year", "study", "outcome")
"""Columns that every trial needs."""
UNASKED = (*FIRST, "variant", "arm", "design")
OF_LIMITS = ("reported", "rates_limits")
"""Kinds of result with limits, whose level is asked for."""
DESIGNS = ("individual", "cluster", "not known")
CLUSTERS = ("clusters_intervention", "clusters_control", "icc", "design_effect")
"""What a cluster trial may print, from which its design effect follows."""


def asked_cells(
    given: Mapping[str, str],
    review: Review,
    ask: Ask,
    *,
    is_new_outcome: bool = False,
    latest_year: int = LAST_YEAR,
) -> Mapping[str, str]:
    """Return the cells of a trial: those given, and the answers to questions on the others.

    An answer that no cell can hold is asked for again at once. A key that is typed for a trial
    whose label or publication the review has makes it another one; without it, UsageError.
    ``is_new_outcome``: whether any name of an outcome is meant. ``latest_year``: of a publication.
    """
    settings, cells = review.settings, dict(given)

    def asked(column: str, question: TrialQuestion) -> str:
        return asked_for(column, question, ask, latest_year)

    for column in FIRST:
        if not cells.get(column):
            cells[column] = _first_answer(column, cells, review, asked, is_new=is_new_outcome)
    if not has_result(cells):
        cells |= _result(settings, asked)
    cells |= _design(cells, asked)
    for question, column in _selecting(cells, settings):
        cells[column] = asked(column, question)
    return cells


def asked_source(ask: Ask) -> Source:
    """Return where the numbers stand; without a source they are unverified."""
    source = ask(TrialQuestion(text="source (the publication; empty if there is none at hand)"))
    if not source:
        return UNSOURCED
    kinds = tuple(kind for kind in KINDS if kind != UNVERIFIED)
    return Source(
        source=source,
        location=ask(
            TrialQuestion(text="where in it (page, table, or abstract)", default="abstract")
        ),
        kind=ask(TrialQuestion(text="how known", default="primary_abstract", allowed=kinds)),
    )


def taken_by(column: str, settings: Settings) -> tuple[str, ...]:
    """Return the values of a column that the analyses of a review select, each once.

    >>> from liftproof.reviews.model.settings import Analysis
    >>> one = Analysis(id="a", title="A", measure="RR", select={"outcome": ("injury",)})
    >>> taken_by("outcome", Settings(title="Ours", analyses=(one,)))
    ('injury',)
    """
    values = (value for each in settings.analyses for value in each.select.get(column, ()))
    return tuple(dict.fromkeys(values))


Asked = Callable[[str, TrialQuestion], str]
"""What asks for a column until the answer can stand there."""


def _first_answer(
    column: str, cells: Mapping[str, str], review: Review, asked: Asked, *, is_new: bool
) -> str:
    """Return the answer for one of the first columns; what the review has is told at once."""
    told = trial_in_use(cells, review) if column == "study" else ""
    if told:
        return _key_of_another(told, review, asked)
    question = _first(column, cells, review.settings)
    answer = asked(column, question)
    while not answer:
        needed = replace(question, text=f"it is needed: {question.text}")
        answer = asked(column, needed)
    return answer if column != "outcome" or is_new else _outcome_meant(answer, review, asked)


def _key_of_another(told: str, review: Review, asked: Asked) -> str:
    """Return a key for a trial that looks like one of the review; ``told``: like which."""
    text = f"{told}; if it is another one, type a key of its own"
    key = asked("study", TrialQuestion(text=text))
    if not key or any(key == study.study for study in review.studies):
        raise UsageError(f"{told}, and it got no key of its own")
    return key


def _outcome_meant(outcome: str, review: Review, asked: Asked) -> str:
    """Return an outcome, or what is typed instead where it looks like a known one misspelt."""
    like = outcome_near(outcome, review)
    if not like:
        return outcome
    text = f"no row has the outcome {outcome}; did you mean {like}? Type {outcome} if it is new"
    answer = asked("outcome", TrialQuestion(text=text, default=like))
    return answer if answer == outcome else _outcome_meant(answer, review, asked)


def _first(column: str, cells: Mapping[str, str], settings: Settings) -> TrialQuestion:
    label = cells.get("label", "")
    if column == "label":
        return TrialQuestion(text="label (what readers see, such as Smith 2026)")
    if column == "year":
        return TrialQuestion(text="year of publication", default=year_in(label))
    if column == "study":
        return TrialQuestion(text="key of the trial", default=trial_key(label, cells["year"]))
    taken = taken_by("outcome", settings)
    return TrialQuestion(text=_with_taken("outcome", taken), default=taken[0] if taken else "")


def _result(settings: Settings, asked: Asked) -> Mapping[str, str]:
    """Ask for a kind of result, and for its numbers; an empty one leads back to the kinds."""
    kinds = kinds_for(settings)
    width = max(map(len, kinds))
    listed = "\n".join(f"  {code:<{width}}  {KINDS_OF_RESULT[code].name}" for code in kinds)
    text = f"{listed}\nkind of result"
    while True:
        question = TrialQuestion(text=text, default=kinds[0], allowed=kinds)
        code = asked("kind of result", question)
        cells, columns = _numbers(code, asked), KINDS_OF_RESULT[code].columns
        if len(cells) == len(columns):
            break
        text = (
            f"{code} needs {_spoken(columns[len(cells)])}; choose again:\n{listed}\nkind of result"
        )
    if code in OF_ESTIMATES:
        question = TrialQuestion(text="measure", default=settings.measure)
        cells["measure"] = asked("measure", question)
    if code in OF_LIMITS:
        cells["ci_level"] = asked(
            "ci_level", TrialQuestion(text="level of the limits", default="0.95")
        )
    return cells


def kinds_for(settings: Settings) -> tuple[str, ...]:
    """Return the kinds of result from which a measure of a review can be computed, by code.

    >>> one = Settings(title="Ours", measure="MD")
    >>> kinds_for(one)[:4]
    ('means', 'reported', 'standard_error', 'p_value')
    """
    of_analyses = [code for one in settings.analyses for code in (one.measure, *one.pooled_with)]
    measures = dict.fromkeys((settings.measure, *of_analyses))
    sources = [SOURCES[name] for measure in measures for name in MEASURES[measure].sources]
    arms = {source.arms for source in sources}
    return tuple(
        code
        for code, kind in KINDS_OF_RESULT.items()
        if kind in sources or (kind.arms in arms and code in OFFERED) or not kind.arms
    )


def _numbers(code: str, asked: Asked) -> dict[str, str]:
    """Return the numbers of a kind of result, up to the first that is left empty."""
    cells: dict[str, str] = {}
    for name in KINDS_OF_RESULT[code].columns:
        answer = asked(name, TrialQuestion(text=_spoken(name)))
        if not answer:
            break
        cells[name] = answer
    return cells


def _design(cells: Mapping[str, str], asked: Asked) -> Mapping[str, str]:
    """Ask what was randomised, and of clusters what is known of them."""
    found: dict[str, str] = {}
    if not cells.get("design"):
        text = "what was randomised: people one by one (individual), or groups (cluster)"
        question = TrialQuestion(text=text, default=DESIGNS[-1], allowed=DESIGNS)
        answer = asked("design of the trial", question)
        found["design"] = "" if answer == DESIGNS[-1] else answer
    if {**cells, **found}["design"] != "cluster":
        return found
    for name in CLUSTERS:
        if not cells.get(name):
            question = TrialQuestion(text=f"{_spoken(name)}; empty if it is not printed")
            found[name] = asked(name, question)
    if cells.get("estimate") and not cells.get("cluster_adjusted"):
        allowed = ("yes", "no", "unclear")
        text = "does the estimate allow for clusters"
        question = TrialQuestion(text=text, default="unclear", allowed=allowed)
        found["cluster_adjusted"] = asked("cluster_adjusted", question)
    return found


def _selecting(cells: Mapping[str, str], settings: Settings) -> Iterator[tuple[TrialQuestion, str]]:
    """Yield the columns by which analyses select, with the values that they take."""
    names = dict.fromkeys(name for each in settings.analyses for name in each.select)
    for name in names:
        if name not in cells and name not in UNASKED:
            text = _with_taken(name, taken_by(name, settings))
            yield TrialQuestion(text=f"{text}; empty if none fits"), name


def _with_taken(column: str, taken: tuple[str, ...]) -> str:
    return f"{_spoken(column)} (analyses take {', '.join(taken)})" if taken else _spoken(column)


def _spoken(column: str) -> str:
    return column.replace("_", " ")
