"""What a pooled estimate says in other terms: confidence, compatibility, absolute effects.

``confidence``: the confidence distribution of a pooled effect, P-value functions and S-values.
``absolute``: events per 1000 at a stated baseline risk. ``number_needed``: numbers needed to treat.
Every result says what it is conditional on.
"""
