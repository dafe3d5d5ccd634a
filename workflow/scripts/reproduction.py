"""Set each number that one review printed beside the computed one."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.dose.printed import slopes_of
from liftproof.analysis.dose.records import DoseRow
from liftproof.analysis.records import EstimateRow, ReproductionRow
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews import read
from liftproof.wiring import logged

with logged(snakemake.log[0]):
    review = read(Path(snakemake.input.settings).parent)
    estimates = tables.read(EstimateRow, Path(snakemake.input.estimates))
    models = [row for path in snakemake.input.doses for row in tables.read(DoseRow, Path(path))]
    rows = reproduce(review, estimates, slopes_of(models))
    tables.write(rows, ReproductionRow, Path(snakemake.output.reproduction))
