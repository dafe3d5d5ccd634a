"""Second opinions: each pooled estimate recomputed by software that others wrote.

Where nobody else has a model it is recomputed by a likelihood written apart from our own.
Only this package imports PyMARE, statsmodels and PyMetaAnalysis.
"""
