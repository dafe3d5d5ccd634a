"""Write the report on all reviews."""

from pathlib import Path

from liftproof.files import write_text
from liftproof.report.build import build
from liftproof.report.results import read_claim_inputs, read_review_inputs
from liftproof.wiring import logged

with logged(snakemake.log[0]):
    names = snakemake.params.reviews
    reviews = [read_review_inputs(name, Path(), Path("results")) for name in names]
    page = build(reviews, read_claim_inputs(snakemake.input.claims))
    write_text(Path(snakemake.output.report), page)
