"""Cautions as readers see them, with the numbers of the trials in their places."""

from collections.abc import Sequence
from html import escape

from liftproof.analysis.claims.claim_cautions import CautionNumber, NumberedCaution
from liftproof.reviews.model.caution import PLACE
from liftproof.rows.claim_rows import CautionRow
from liftproof.words import numbers
from liftproof.words.marks import own_marks

NOTHING = "No caution is recorded."


def cautions_in_words(cautions: Sequence[NumberedCaution]) -> list[CautionRow]:
    """Return the rows of cautions with their sentences."""
    return [
        CautionRow(
            caution=each.caution.id,
            sentence=_sentence(each),
            source=each.caution.source,
            reviews=", ".join(each.reviews),
        )
        for each in cautions
    ]


def cautions_text(rows: Sequence[CautionRow]) -> str:
    """Return the cautions as plain text, a line each."""
    return "".join(f"{row.sentence}\n" for row in rows) or f"{NOTHING}\n"


def cautions_html(rows: Sequence[CautionRow]) -> str:
    """Return the cautions as a list to paste, each with its source."""
    items = "".join(
        f"<li>{escape(row.sentence)} <small>({escape(row.source)})</small></li>\n" for row in rows
    )
    return f"<ul>\n{items}</ul>\n" if items else f"<p>{NOTHING}</p>\n"


def _sentence(of: NumberedCaution) -> str:
    return PLACE.sub(lambda found: _shown(of.numbers[found[1]]), of.caution.text)


def _shown(number: CautionNumber) -> str:
    value = number.value
    text = numbers.effect(value) if isinstance(value, float) else str(value)
    return f"{text}{own_marks(number)}"
