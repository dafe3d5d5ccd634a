"""The marks of verdicts at the top of the first page."""

from liftproof.pages.claims.claim_choices import claim_choices
from liftproof.pages.claims.claim_map import claim_map
from liftproof.rows.claim_rows import ClaimRow


def row(claim: str, verdict: str, readers_trials: int | None, readers: str = "runners") -> ClaimRow:
    return ClaimRow(
        claim=claim,
        claimed="It helps.",
        part=f"part {claim}",
        verdict=verdict,
        readers=readers,
        readers_trials=readers_trials,
        studies=4,
    )


ROWS = [
    row("a", "not_supported", None),
    row("b", "not_supported", 0),
    row("c", "supported", 0),
    row("d", "not_supported", 2),
]


def test_verdicts_stand_best_first_and_marks_with_trials_of_the_readers_first():
    drawn = claim_map(ROWS, claim_choices(ROWS))
    assert [(each.verdict, [mark.claim for mark in each.marks]) for each in drawn.verdicts] == [
        ("supported", ["c"]),
        ("not_supported", ["d", "b", "a"]),
    ]
    assert drawn.verdicts[1].words == "✗ not supported"
    assert drawn.verdicts[0].marks[0].text == "It helps. Part c."


def test_the_key_counts_the_marks_of_each_kind():
    key = claim_map(ROWS, claim_choices(ROWS)).key
    assert key is not None
    assert [(each.code, each.number) for each in key.options] == [
        ("readers", 1),
        ("others", 2),
        ("none", 1),
    ]


def test_without_readers_marks_are_all_alike():
    rows = [row("a", "supported", None, readers=""), row("b", "supported", 1, readers="")]
    drawn = claim_map(rows, claim_choices(rows))
    assert drawn.key is None
    assert [mark.claim for mark in drawn.verdicts[0].marks] == ["a", "b"]
