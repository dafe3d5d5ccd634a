"""What sentences can be chosen by, from the verdicts that there are."""

from liftproof.pages.claims.claim_choices import claim_choices, trials_of
from liftproof.rows.claim_rows import ClaimRow


def row(verdict: str, readers_trials: int | None) -> ClaimRow:
    return ClaimRow(
        claim="a",
        claimed="b",
        verdict=verdict,
        readers="runners",
        readers_trials=readers_trials,
        studies=4,
    )


ROWS = [row("supported", 4), row("not_supported", 1), row("not_supported", 0)]


def test_verdicts_are_counted_by_whose_trials_they_rest_on_and_by_kind():
    trials, verdict = claim_choices(ROWS)
    assert [(each.code, each.words, each.number) for each in trials.options] == [
        ("readers", "with runners", 2),
        ("others", "of others alone", 1),
    ]
    assert [(each.code, each.words, each.number) for each in verdict.options] == [
        ("supported", "✓ supported", 1),
        ("not_supported", "✗ not supported", 2),
    ]


def test_what_rests_on_no_trial_is_an_option_of_its_own():
    assert trials_of(row("not_testable", None)) == "none"


def test_what_does_not_divide_the_verdicts_is_no_choice():
    assert [each.name for each in claim_choices(ROWS[:2])] == ["verdict"]
    assert claim_choices([ClaimRow(claim="a", claimed="b", verdict="supported")] * 2) == ()
