"""Second opinions: each pooled estimate recomputed by software that others wrote.

Only this package imports PyMARE and statsmodels.
"""
