"""The summary of a kit: a page in plain words, of numbers that the results hold."""

from collections.abc import Iterator

from liftproof.blog.effect_words import direction, has_effect, headline, span
from liftproof.blog.kit_facts import KitFacts
from liftproof.blog.kit_scope import counted_in, groups_in
from liftproof.blog.kit_words import attribution, doubt, sources
from liftproof.pages.forest.forest_captions import subject
from liftproof.rows.certainty_rows import FindingRow
from liftproof.words.text import minus

FUTURE = {
    "very_low": "The true effect may well be another.",
    "low": "New trials may well change it.",
    "moderate": "New trials may change it somewhat.",
    "high": "New trials are not likely to change it.",
}
"""What a certainty means, after GRADE."""


def summary(facts: KitFacts) -> str:
    """Return the summary as Markdown: a title, paragraphs, and last the sources."""
    paragraphs = (
        _title(facts),
        (*_what(facts), *_who(facts)),
        (headline(facts), *direction(facts)),
        (*_absolute(facts), *_prediction(facts)),
        (*_certainty(facts), *_silence(facts)),
        _doubt(facts),
        (row.sentence for row in facts.cautions),
        (attribution(facts), *sources(facts)),
    )
    texts = (" ".join(paragraph) for paragraph in paragraphs)
    return minus("\n\n".join(text for text in texts if text)) + "\n"


def _title(facts: KitFacts) -> Iterator[str]:
    title = facts.view.title.rstrip(".")
    ending = "" if title.endswith(("?", "!")) else "."
    yield f"**{title}{ending}**"


def _what(facts: KitFacts) -> Iterator[str]:
    """Yield what was pooled, and of several analyses which one it is."""
    view = facts.view
    people = facts.estimate.participants
    of = f", with {people} people in all" if people else ""
    yield f"We {'pooled' if view.pooled else 'found'} {view.size}{subject(view, ' of ')}{of}."
    analyses = len(facts.review.settings.analyses)
    if analyses > 1:
        yield f"This is one of {analyses} analyses: {view.subtitle}."


def _who(facts: KitFacts) -> Iterator[str]:
    if not facts.studies:
        return
    years = sorted(study.year for study in facts.studies)
    when = f"{years[0]}" if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
    yield f"The trials are from {when}: {groups_in(facts)}."


def _absolute(facts: KitFacts) -> Iterator[str]:
    """Yield what was counted, and the numbers of 1000 people where a baseline risk is known."""
    if counted_in(facts):
        yield f"What was counted: {counted_in(facts)}."
    row = facts.finding
    if row is None or row.assumed is None or row.corresponding is None or row.capped == "yes":
        yield "No number of people can be told from it."
        return
    yield (
        f"Of 1000 people with {facts.view.control}, about {row.assumed:.0f} had such an event"
        f"{_some_arms(row)}."
    )
    if row.corresponding_low is not None and row.corresponding_high is not None:
        limits = f" ({row.corresponding_low:.0f} to {row.corresponding_high:.0f})"
    else:
        limits = ""
    yield f"With {facts.view.intervention} it would be about {row.corresponding:.0f}{limits}."


def _some_arms(row: FindingRow) -> str:
    """Say how many of the control groups were counted, where it is not all."""
    if row.baseline_arms is None or row.k is None or row.baseline_arms >= row.k:
        return ""
    return f" (counted in {row.baseline_arms} of {row.k} control groups)"


def _prediction(facts: KitFacts) -> Iterator[str]:
    low, high = facts.estimate.pi_low, facts.estimate.pi_high
    if low is not None and high is not None and facts.view.pooled:
        yield f"In a new group it may be anything from {span(facts, low, high)}."


def _certainty(facts: KitFacts) -> Iterator[str]:
    row = facts.finding
    if row is None or not row.certainty:
        yield "Nobody has rated here how sure this is."
        return
    bound = "at most " if row.at_most == "yes" else ""
    certainty = f"{bound}{row.certainty.replace('_', ' ')}"
    yield f"How sure is this? By the GRADE scheme the certainty is {certainty}."
    yield FUTURE[row.certainty]


def _silence(facts: KitFacts) -> Iterator[str]:
    """Yield what the numbers do not say."""
    if not has_effect(facts):
        return
    if facts.view.pooled is None:
        yield "One trial is not enough to build on."
    yield "This is an average: it does not say what you or one other person will see."
    yield "Nor does it speak of other groups, other training or other events."


def _doubt(facts: KitFacts) -> Iterator[str]:
    text = doubt(facts)
    if text:
        yield f"Take care: {text} The figure marks them with the same sign."
