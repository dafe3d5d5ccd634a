"""The value of a key ``select``: which rows are let in."""

from liftproof.reviews.model.keys import ListKind, MappingKind, TextKind

COLUMN = "a column of studies.csv or outcomes.csv"
SELECTION = MappingKind(
    names=COLUMN,
    of=ListKind(of=TextKind(), empty=("an empty list lets nothing in", "delete the key")),
)
