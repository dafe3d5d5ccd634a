"""Set each number that one review printed beside the computed one, and look for causes."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.causes.records import CauseRow
from liftproof.analysis.causes.run import causes_of_review
from liftproof.analysis.dose.printed import slopes_of
from liftproof.analysis.dose.records import DoseRow
from liftproof.analysis.records import EstimateRow, ReproductionRow
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews import read
from liftproof.wiring import logged
from liftproof.words.causes import cause_rows, explained

with logged(snakemake.log[0]):
    review = read(Path(snakemake.input.settings).parent)
    estimates = tables.read(EstimateRow, Path(snakemake.input.estimates))
    models = [row for path in snakemake.input.doses for row in tables.read(DoseRow, Path(path))]
    rows = reproduce(review, estimates, slopes_of(models))
    causes = cause_rows(causes_of_review(review, rows))
    tables.write(explained(rows, causes), ReproductionRow, Path(snakemake.output.reproduction))
    tables.write(causes, CauseRow, Path(snakemake.output.causes))
