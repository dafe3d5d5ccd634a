"""Effect sizes and meta-analysis: pure functions on arrays whose last axis runs over trials.

Every function takes arrays of shape ``(..., k)``: ``k`` trials in each of any number of data sets,
which are computed side by side, in blocks of bounded memory. A method that can be chosen by name
is a function in a registry: ``effects.EFFECTS``, ``tau2.TAU2``, ``intervals.INTERVALS``. Names are
metafor's. Estimates do not depend on the unit of the effect.
"""
