"""A made-up print of another review's pool."""

from liftproof.reviews.model.printed_pool import PrintedPool

PRINT = PrintedPool(
    target="one",
    label="One 2020",
    year=2020,
    topic="strength",
    outcome="injuries",
    measure="RR",
    estimate="0.50",
    ci_low="0.30",
    ci_high="0.80",
    source="One A 2020",
    location="abstract",
    kind="primary_abstract",
    doi="10.1000/1",
)
