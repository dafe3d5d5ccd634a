"""Certainty of evidence by GRADE, absolute effects, and judgements that the numbers contradict."""
