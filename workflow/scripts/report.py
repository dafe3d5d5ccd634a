"""Write the first page on all reviews, and the feed of what was added."""

from pathlib import Path

from liftproof.files import write_text
from liftproof.left_out import left_out_of
from liftproof.report.build import build
from liftproof.report.feed import feed_of
from liftproof.report.results import read_claim_inputs, read_review_inputs
from liftproof.wiring import recorded

with recorded(snakemake):
    names = snakemake.params.reviews
    reviews = [read_review_inputs(name, Path(), Path("results")) for name in names]
    claims = read_claim_inputs(snakemake.input.claims)
    page = build(reviews, claims, left_out_of(snakemake.params.left_out))
    write_text(Path(snakemake.output.report), page)
    write_text(Path(snakemake.output.feed), feed_of(reviews, snakemake.params.project))
