"""Compute everything that the data of one review tell; rows made before of the same are taken."""

from pathlib import Path

from liftproof.exchange.reproduction_script import write_reproduction
from liftproof.kept_rows import KeptRows
from liftproof.project.kept_of_reviews import ROWS, kept_of
from liftproof.result_tables import write_rows
from liftproof.review_results import compute_review
from liftproof.reviews import read
from liftproof.wiring import recorded

with recorded(snakemake):
    review = read(Path(snakemake.input.settings).parent)
    with kept_of(review.name, ROWS) as kept:
        rows = compute_review(review, KeptRows(content=kept, code=snakemake.params.code))
    write_rows(rows, review, Path(snakemake.params.results))
    write_reproduction(review, rows, Path(snakemake.params.results))
