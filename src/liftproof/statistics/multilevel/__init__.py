"""Any number of nested or crossed random effects, with structured covariances, by REML or ML."""
