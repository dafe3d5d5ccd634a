"""What every report says of itself."""

LIMITS = (
    "A reproduced number follows from the trials' numbers as they stand here. It can still be "
    "wrong about the world: the trials may be biased, badly reported, or the wrong ones.",
    "Nothing here judges how the review searched, which trials it chose, or what it read out of "
    "them, beyond the numbers that are marked.",
    "A number that differs may be an error there, an error here, or another choice of method or "
    "data. The explanation beside it says which, where that is known.",
    "Agreement with other software shows that the arithmetic is right, not that the method is.",
    "A pooled effect is an average over these trials. It does not tell what happens to one athlete "
    "or patient.",
)
"""What a report cannot tell, a sentence or two each."""
