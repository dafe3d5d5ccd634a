"""Bayesian random-effects meta-analysis by one-dimensional quadrature; nothing is sampled.

``random_effects`` summarises, ``shrunken_effects`` gives the trials' own effects, ``posterior``
with ``probability_that`` answers questions such as P(RR < 0.5), ``evidence`` gives Bayes factors.
Priors of τ are in ``priors``, ``reference_priors`` and ``turner``. Every result says on which
priors it is conditional.
"""
