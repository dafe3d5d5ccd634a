"""Verdicts on published sentences that changed, a line each, that can be read alone."""

from liftproof.analysis.changes.verdict_changes import ClaimChange
from liftproof.pages.changes.verdict_lines import claim_lines
from liftproof.rows.claim_rows import ClaimRow


def change(claim, part):
    row = ClaimRow(
        claim=claim,
        claimed="The same holds for overuse injuries.",
        part=part,
        condition="reduction",
        condition_value=66.0,
        threshold=0.345,
        measure="RR",
        verdict="supported",
    )
    return ClaimChange(row=row, before=None, after=row)


def test_a_sentence_of_several_parts_is_told_once_with_what_each_is_taken_to_say():
    meant = "a reduction of 66\u202f% or more, rounded: a risk ratio of at most 0.345"
    assert list(claim_lines([change("a", "strength"), change("b", "all exercise")])) == [
        "claim a: none → supported: The same holds for overuse injuries. "
        f"Taken as: strength; {meant}.",
        f"claim b: none → supported: the same sentence. Taken as: all exercise; {meant}.",
    ]
