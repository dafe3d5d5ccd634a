"""Write the report on all reviews."""

from pathlib import Path

from liftproof.files import write_text
from liftproof.report.build import build
from liftproof.report.results import claims_of, inputs_of
from liftproof.wiring import logged

with logged(snakemake.log[0]):
    reviews = [inputs_of(name, Path(), Path("results")) for name in snakemake.params.reviews]
    write_text(Path(snakemake.output.report), build(reviews, claims_of(snakemake.input.claims)))
