"""From numbers that papers print to those that effects are made of."""
