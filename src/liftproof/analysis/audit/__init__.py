"""A paper's forest plot, typed as one table, held against itself."""
