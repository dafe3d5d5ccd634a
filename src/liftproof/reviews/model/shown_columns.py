"""What the key ``columns`` of an analysis may name beside the columns of the tables."""

MEANS, RISK_OF_BIAS = "means", "risk_of_bias"
MADE_COLUMNS = (MEANS, RISK_OF_BIAS)
"""Mean and standard deviation of each arm; the verdict overall in ``risk_of_bias.csv``."""
