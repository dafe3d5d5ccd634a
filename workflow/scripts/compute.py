"""Compute everything that the data of one review tell."""

from pathlib import Path

from liftproof.exchange.reproduction_script import write_reproduction
from liftproof.result_tables import write_rows
from liftproof.review_results import compute_review
from liftproof.reviews import read
from liftproof.wiring import recorded

with recorded(snakemake):
    review = read(Path(snakemake.input.settings).parent)
    rows = compute_review(review)
    write_rows(rows, review, Path(snakemake.params.results))
    write_reproduction(review, rows, Path(snakemake.params.results))
