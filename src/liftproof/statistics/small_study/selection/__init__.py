"""Selection models: trials weighted by how likely their p values made them to be published."""
