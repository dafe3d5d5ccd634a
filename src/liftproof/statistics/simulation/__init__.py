"""Reviews that are made up from known truth, and how often each method's limits hold it.

``draws`` makes the reviews, ``coverage`` counts what each method makes of them. Both work on arrays
of shape (reviews, trials).
"""
