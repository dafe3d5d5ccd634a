"""The report: one self-contained HTML page from the rows under ``results/``."""
