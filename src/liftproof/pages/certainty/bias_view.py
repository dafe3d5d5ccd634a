"""Traffic lights of the risk of bias before any drawing: a row a trial, a column a domain."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liftproof.analysis.certainty.bias import HIGH, LOW, OTHER, OVERALL, SOME, meaning
from liftproof.pages.certainty.certainty_signs import BIAS_SIGNS
from liftproof.reviews.model.membership import memberships
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import RiskOfBias
from liftproof.words.text import capital, counted

MOST_COLUMNS = 18
"""Domains that are drawn; of more, the last ones stand in the table alone."""
MEANINGS = {LOW: "low", SOME: "some concern", HIGH: "high", OTHER: "in other words"}
_ANSWERS = ("yes", "no")
Domain = tuple[str, str]
"""A tool and its domain: two tools may call theirs alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BiasLight:
    """A judgement: ``meaning`` is low, some, high or other; ``sign`` tells it without colour."""

    meaning: str
    sign: str
    judgement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BiasLine:
    """A trial: its name, and by number of domain from 0 its lights; None where none is held."""

    label: str
    lights: tuple[BiasLight | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BiasView:
    """Everything drawn: the trials, and the domains by name with the counts of their judgements.

    ``counts``: by domain, how many trials have a judgement of each meaning, low ones first.
    """

    review: str
    title: str
    domains: tuple[str, ...]
    counts: tuple[tuple[tuple[str, int], ...], ...]
    lines: tuple[BiasLine, ...]
    alt_text: str
    description: str
    notes: tuple[str, ...]

    @property
    def meanings(self) -> Mapping[str, str]:
        """What judgements it shows mean, in words by code."""
        shown = {light.meaning for line in self.lines for light in line.lights if light}
        return {code: name for code, name in MEANINGS.items() if code in shown}

    @property
    def key(self) -> str:
        """What makes its ids unique."""
        return f"bias-{self.review}"


def bias_view(review: Review) -> BiasView:
    """Return the traffic lights of a review that holds judgements."""
    every = _domains(review.risk_of_bias)
    domains = every[:MOST_COLUMNS]
    given = {(row.study, row.tool, row.domain): _light(row) for row in review.risk_of_bias}
    labels = {study.study: study.label for study in review.studies}
    judged = [study for study in labels if any(row.study == study for row in review.risk_of_bias)]
    lines = tuple(
        BiasLine(
            label=labels[study],
            lights=tuple(given.get((study, *domain)) for domain in domains),
        )
        for study in judged
    )
    names = tuple(f"{domain} ({tool})" for tool, domain in domains)
    columns = [[line.lights[place] for line in lines] for place in range(len(domains))]
    alt_text = _alt_text(lines, len(domains))
    notes = tuple(_notes(review, lines, len(every) - len(domains)))
    return BiasView(
        review=review.name,
        title=f"Risk of bias of trials: {review.settings.title}",
        domains=tuple(
            f"{name}: {_counts(column)}" for name, column in zip(names, columns, strict=True)
        ),
        counts=tuple(map(_by_meaning, columns)),
        lines=lines,
        alt_text=alt_text,
        description="\n".join((alt_text, *(_said(line, names) for line in lines), *notes)),
        notes=notes,
    )


def _domains(rows: Sequence[RiskOfBias]) -> list[Domain]:
    """Return the domains in the order of the table, the verdicts overall behind the others."""
    domains = dict.fromkeys((row.tool, row.domain) for row in rows)
    return sorted(domains, key=lambda domain: domain[1].lower() == OVERALL)


def _light(row: RiskOfBias) -> BiasLight:
    found = meaning(row.judgement)
    return BiasLight(meaning=found, sign=BIAS_SIGNS[found], judgement=row.judgement)


def _by_meaning(lights: Sequence[BiasLight | None]) -> tuple[tuple[str, int], ...]:
    found = Counter(light.meaning for light in lights if light)
    return tuple((code, found[code]) for code in MEANINGS if found[code])


def _counts(lights: Sequence[BiasLight | None]) -> str:
    """Return how many trials have which judgement, those without one last."""
    found = _by_meaning(lights)
    said = [f"{count} {MEANINGS[code]}" for code, count in found]
    without = len(lights) - sum(count for _, count in found)
    return ", ".join([*said, f"{without} not held"] if without else said)


def _alt_text(lines: Sequence[BiasLine], domains: int) -> str:
    found = _counts([light for line in lines for light in line.lights if light])
    head = f"Risk of bias of {counted(len(lines), 'trial')} in {counted(domains, 'column')}"
    return f"{head}; judgements: {found}."


def _said(line: BiasLine, names: Sequence[str]) -> str:
    judged = [
        f"{name} {light.judgement} ({MEANINGS[light.meaning]})"
        for name, light in zip(names, line.lights, strict=True)
        if light
    ]
    return f"{line.label}: {'; '.join(judged)}."


def _notes(review: Review, lines: Sequence[BiasLine], others: int) -> Iterator[str]:
    lights = [light for line in lines for light in line.lights if light]
    if any(light.judgement.lower() in _ANSWERS for light in lights):
        yield "In the words of whoever judged: yes stands for low, no for high."
    for words, names in _other_words(lines).items():
        named = "; ".join(names) if len(names) == 1 else counted(len(names), "trial")
        yield f"{BIAS_SIGNS[OTHER]} {capital(words)}: {named}."
    if others:
        yield f"In the table alone: {counted(others, 'more column')}."
    entering = _entering(review)
    held = {row.study for row in review.risk_of_bias}
    without = sum(study not in held for study in entering)
    if without == len(entering):
        yield f"None of the {counted(without, 'trial')} in the first analysis is judged here."
    elif without:
        yield f"Of the {counted(len(entering), 'trial')} in the first analysis {without} " + (
            "has no judgement here." if without == 1 else "have no judgement here."
        )
    yield "Bars: of the trials above, the share with each judgement; what is missing has none."


def _other_words(lines: Sequence[BiasLine]) -> Mapping[str, list[str]]:
    """Return the words that are neither low, some nor high, with the trials that they are about."""
    found: dict[str, list[str]] = {}
    for line in lines:
        for light in line.lights:
            if light and light.meaning == OTHER:
                found.setdefault(light.judgement, []).append(line.label)
    return found


def _entering(review: Review) -> list[str]:
    analyses = review.settings.analyses[:1]
    every = memberships(analyses, review.studies, review.outcomes)
    return [each[0].study.study for each in every if each and each[0].enters]
