"""What a card says at a glance, and what stands below it, line by line."""

from dataclasses import replace

from liftproof.pages.claims.claim_lead import LONGEST_LEAD, further_of, lead_of
from liftproof.pages.claims.claim_numbers import counted_sentence, readers_sentence
from liftproof.pages.claims.claim_page import change_text
from liftproof.rows.claim_rows import CERTAINTY, GROUP, ClaimRow

LONG = (
    "Supported elsewhere: the numbers are as said (a risk ratio below 0.5), but only 1 of the 6 "
    "trials counted injuries of any kind, One 2016 (4 of 26 v 13 of 26; all); the others counted "
    "hamstring injury (5), and a fall in that is not the same. The review printed 0.338. 2 of 6 "
    "trials report it."
)


def test_a_long_first_sentence_ends_at_its_first_semicolon_outside_brackets():
    lead = lead_of(LONG)
    assert lead.startswith("The numbers are as said")
    assert lead.endswith("One 2016 (4 of 26 v 13 of 26; all).")
    assert len(lead) > LONGEST_LEAD


def test_nothing_of_a_verdict_is_lost_below_its_lead():
    assert list(further_of(LONG)) == [
        "The others counted hamstring injury (5), and a fall in that is not the same.",
        "The review printed 0.338.",
        "2 of 6 trials report it.",
    ]


def test_a_short_sentence_stays_whole_and_a_page_number_ends_none():
    assert lead_of("Not supported: it fell; it rose.") == "It fell; it rose."
    assert lead_of("Supported: as on p. 5 of it.") == "As on p. 5 of it."
    assert list(further_of("Supported: as on p. 5 of it.")) == []


MIXED = ClaimRow(
    claim="a", claimed="b", measure="RR", studies=4, outcomes="running injury (3), strain (1)"
)


def test_a_card_says_what_was_counted_where_that_is_not_one_thing():
    assert counted_sentence(MIXED) == "Of the trials 3 counted running injury, 1 strain"
    assert counted_sentence(replace(MIXED, outcomes="running injury (4)")) == ""
    assert counted_sentence(replace(MIXED, dose="volume")) == ""


def test_a_card_says_that_no_trial_counted_what_a_sentence_implies():
    implied = replace(MIXED, outcome="injuries of any kind", outcome_trials=0, why=CERTAINTY)
    assert counted_sentence(implied) == "None of the 4 trials counted injuries of any kind"
    assert counted_sentence(replace(implied, why=GROUP)) == ""


def test_whom_trials_were_of_is_not_told_twice():
    one = replace(MIXED, studies=1, sports="football (1)", readers="runners", readers_trials=0)
    assert readers_sentence(one) == "The trial is of football, not of runners"
    assert readers_sentence(replace(one, why=GROUP)) == "The trial is of football, not of runners"
    assert readers_sentence(replace(one, why=GROUP, population="runners")) == ""


def test_a_card_leads_to_what_would_change_and_says_what_is_asked_there():
    assert change_text(replace(MIXED, threshold=None)) == "What would change it"
    assert change_text(replace(MIXED, threshold=1.0)) == "What would change it"
    assert change_text(replace(MIXED, threshold=0.333)) == (
        "What would change whether it excludes no effect"
    )
