"""What other reviews printed, as readers see it: table, figure, words."""
