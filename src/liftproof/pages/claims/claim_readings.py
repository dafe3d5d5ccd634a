"""The ways to be certain of a claim, as a table."""

from collections.abc import Sequence

from liftproof.pages.claims.reading_words import HOLDS, needed_text, reading_name, value_text
from liftproof.pages.table import PageTable, headings
from liftproof.rows.claim_rows import ClaimRow, ReadingRow
from liftproof.words.text import capital


def ways(row: ClaimRow, readings: Sequence[ReadingRow]) -> list[ReadingRow]:
    """Return the ways to be certain of a claim, those first that its verdict asks for.

    None where it asks for none.
    """
    own = [each for each in readings if each.claim == row.claim]
    asked = [each for each in own if each.asked == "yes"]
    return asked + [each for each in own if each.asked != "yes"] if asked else []


def readings_table(row: ClaimRow, readings: Sequence[ReadingRow], level: float) -> PageTable:
    """Return the ways to be certain of a claim that give a limit or a probability."""
    return PageTable(
        key=f"claim-{row.claim}-readings",
        caption=f"Ways to be certain of {_whole(row)}. "
        "The verdict rests on those that the sentence asks for; the one that holds least decides.",
        headings=headings(
            *("Way", "Asked for", "# Limits or probability", "Needed", "Outcome"),
            "¶ What it rests on",
        ),
        rows=tuple(
            (
                capital(reading_name(each.reading, level).split(", which")[0]),
                "yes" if each.asked == "yes" else "no",
                value_text(each),
                needed_text(each),
                HOLDS[each.holds],
                each.note,
            )
            for each in readings
        ),
    )


def _whole(row: ClaimRow) -> str:
    """Return a sentence in quotes with the part that a verdict is on, if it is on one."""
    sentence = f"“{row.claimed.rstrip('.')}”"
    return f"{sentence}, {row.part}" if row.part else sentence
