"""Set each number that one review printed beside the computed one."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.records import EstimateRow, ReproductionRow
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews import read
from liftproof.wiring import logged

with logged(snakemake.log[0]):
    review = read(Path(snakemake.input.settings).parent)
    estimates = tables.read(EstimateRow, Path(snakemake.input.estimates))
    rows = reproduce(review, estimates)
    tables.write(rows, ReproductionRow, Path(snakemake.output.reproduction))
