"""What the trials behind a claim were of, counted in words."""

from dataclasses import replace

from liftproof.analysis.claims.claim_trials import kinds
from liftproof.analysis.estimates import entering
from liftproof.reviews import read
from liftproof.words.text import names_alone, trials_by_name
from support.review_arithmetic import REVIEWS


def test_trials_whose_kind_of_training_is_not_stated_are_counted_as_that():
    review = read(REVIEWS / "lauersen2018")
    effects = entering(review, review.settings.analysis("overall"))
    bare = [replace(one, study=replace(one.study, category="")) for one in effects]
    some = kinds([effects[0], *bare[1:]], review.settings.named)
    assert some == "not stated (5), strength (1)"
    assert trials_by_name(some, "of", "of") == "5 of not stated, 1 of strength"
    assert names_alone(kinds(bare[:1], review.settings.named)) == "not stated"
