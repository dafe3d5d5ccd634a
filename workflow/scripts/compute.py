"""Compute everything that the data of one review tell."""

from pathlib import Path

from liftproof.result_tables import write_rows
from liftproof.review_results import compute_review
from liftproof.reviews import read
from liftproof.wiring import recorded

with recorded(snakemake):
    review = read(Path(snakemake.input.settings).parent)
    write_rows(compute_review(review), review, Path(snakemake.params.results))
