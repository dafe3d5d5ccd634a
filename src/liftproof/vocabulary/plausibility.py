"""How plausible a departure is before any number is computed: weights against one another.

They are judgements, and rough: a rank says no more than that what a widely used program does by
default is met more often than an option that has to be asked for, and that more often than a method
that few programs have. Nothing is named for its weight: the printed numbers decide first.
"""

DEFAULT = 1.0
"""What the programs that most reviews are made with do by default: Review Manager, metan."""
COMMON = 0.6
"""What further widely used programs do by default, and slips that audits of reviews find often."""
KNOWN = 0.25
"""An option that has to be asked for, and slips that are met now and then."""
RARE = 0.05
"""What few programs have, or few people do."""
