"""Look for what made the printed numbers of one review differ from the computed ones."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.causes.records import CauseRow
from liftproof.analysis.causes.run import causes_of_review
from liftproof.analysis.records import ReproductionRow
from liftproof.reviews import read
from liftproof.wiring import logged
from liftproof.words.causes import cause_rows

with logged(snakemake.log[0]):
    review = read(Path(snakemake.input.settings).parent)
    printed = tables.read(ReproductionRow, Path(snakemake.input.reproduction))
    rows = cause_rows(causes_of_review(review, printed))
    tables.write(rows, CauseRow, Path(snakemake.output.causes))
