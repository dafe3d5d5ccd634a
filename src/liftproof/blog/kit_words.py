"""The words of a kit beside the figure: caption, attribution, licence, warning."""

import re

from liftproof.blog.effect_words import headline
from liftproof.blog.kit_facts import KitFacts
from liftproof.blog.kit_scope import scope, scope_in_short
from liftproof.pages.forest.forest_captions import subject
from liftproof.reviews.model.identifiers import doi_link
from liftproof.words.text import capital

MOST_WORDS = 60
"""Of a caption: what is read of one before the eye moves on."""
KEY = "Squares are trials, the diamond is their average."
NAMES = "Squares: trials; diamond: their average."
"""The key in full and in short."""
DATA = "data.csv"
_YEAR = re.compile(r"\((\d{4})\)")
"""Of publication, in a citation: One A (2020) Journal 1, 2-3."""


def caption(facts: KitFacts) -> str:
    """Return a caption of at most MOST_WORDS words: what came out, in whom, what is doubtful.

    What there is no room for is left out: of the key all but its names, then what was held against
    what, which the headline tells, then all events but the most frequent, then the key, the number
    of trials, the title, then whom and what it is about.
    """
    view = facts.view
    bare, sized = f"{view.title}.", f"{view.title}: {view.size}."
    title = f"{view.title}: {view.size}{subject(view, ' of ')}."
    key, names = (KEY, NAMES) if view.pooled else ("", "")
    said = [headline(facts), doubt_in_short(facts)]
    about, shorter = [*said, scope(facts)], [*said, scope_in_short(facts)]
    titled = (
        *([title, *about, key], [title, *about, names]),
        *([sized, *about, names], [sized, *shorter, names]),
        *([sized, *shorter], [bare, *shorter]),
    )
    for parts in (*titled, about, shorter, said, said[:1]):
        text = " ".join(part for part in parts if part)
        if len(text.split()) <= MOST_WORDS:
            return text
    return f"{view.size.capitalize()}. {doubt_in_short(facts)}".strip()


def doubt_in_short(facts: KitFacts) -> str:
    """Return how many trials rest on which doubtful numbers, in a few words."""
    view = facts.view
    parts = [
        f"{kind} numbers in {count} of {len(view.trials)}"
        for count, kind in ((view.unverified, "Unverified"), (view.reconstructed, "reconstructed"))
        if count
    ]
    return f"{capital(', '.join(parts))}." if parts else ""


def doubt(facts: KitFacts) -> str:
    """Return which numbers a reader must not take for sourced ones, empty where there are none."""
    view = facts.view
    total = f"of {len(view.trials)} {view.noun}"
    parts = [
        f"{count} {total} {'rests' if count == 1 else 'rest'} on {kind}"
        for count, kind in (
            (view.unverified, "numbers not checked in any source (†)"),
            (view.reconstructed, "numbers worked back from printed ones (‡)"),
        )
        if count
    ]
    return f"{'; '.join(parts)}." if parts else ""


def attribution(facts: KitFacts) -> str:
    """Return who computed the figure from what, and that it is not the review's own.

    A review without a DOI may be the project's own: of it nothing is said to be recomputed.
    """
    settings = facts.review.settings
    source = settings.citation.rstrip(".")
    if source and settings.doi:
        return (
            f"Recomputed by {facts.software} on {facts.date} from the trials of {source}"
            f"{_later(facts)}; not the review's own figure."
        )
    named = f" ({source})" if source else ""
    return f"Computed by {facts.software} on {facts.date} from the trials that it names{named}."


def _later(facts: KitFacts) -> str:
    """Return which trials are newer than the review, which cannot have known them."""
    year = _YEAR.search(facts.review.settings.citation)
    newer = [study.label for study in facts.studies if year and study.year > int(year[1])]
    return f", and of newer trials than it ({', '.join(newer)})" if newer else ""


def licence(facts: KitFacts) -> str:
    """Return the licence of the figure, as the project states it."""
    code = facts.citation.licence
    return f"Licence: {code}." if code else "No licence is stated."


def licence_address(facts: KitFacts) -> str:
    """Return where the licence stands, empty where none is stated."""
    code = facts.citation.licence
    return f"https://spdx.org/licenses/{code}.html" if code else ""


def file_address(facts: KitFacts, name: str) -> str:
    """Return how a snippet names a file of the kit: beside the page, or where the kits will lie."""
    base = facts.house.address.rstrip("/")
    return f"{base}/{facts.review.name}/{name}" if base else name


def caption_text(facts: KitFacts) -> str:
    """Return the caption with attribution, source, licence and data as plain text."""
    return "\n".join(
        (caption(facts), attribution(facts), *sources(facts), licence(facts), _data(facts), "")
    )


def sources(facts: KitFacts) -> list[str]:
    """Return the addresses of the review, if it has a DOI, and of the project, if it states one."""
    doi = facts.review.settings.doi
    review = [doi_link(doi).url] if doi else []
    return [*review, *filter(None, [facts.citation.address])]


def _data(facts: KitFacts) -> str:
    return f"Data: {file_address(facts, DATA)}"
