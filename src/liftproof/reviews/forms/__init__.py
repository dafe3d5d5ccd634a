"""Results in the form in which papers print them, taken to the columns that effects are made of."""
