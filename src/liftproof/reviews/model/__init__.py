"""A review in memory: its tables, its settings, which rows enter an analysis."""
