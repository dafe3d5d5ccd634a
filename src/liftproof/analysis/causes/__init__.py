"""What could have made a printed number differ from the computed one.

A *departure* changes one choice behind the computed number: an estimator, a rule, a reading of the
inputs (``departures.py``), or the way in which the result was put on paper (``presentations.py``).
``search.py`` tries every departure, then every pair, and keeps those that give the print. What fits
need not be what happened: each finding says how many others fit, and how many would by chance.
"""
