"""Set each number that one review printed beside the computed one, and look for causes."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.causes.review_causes import causes_of_review
from liftproof.analysis.dose.dose_prints import slopes_of
from liftproof.analysis.held_elsewhere import with_verdicts_elsewhere
from liftproof.analysis.reproduction import reproduce
from liftproof.pages.printed.cause_words import cause_rows, explained
from liftproof.reviews import read
from liftproof.rows.cause_rows import CauseRow
from liftproof.rows.dose_rows import DoseRow
from liftproof.rows.result_rows import EstimateRow, ReproductionRow
from liftproof.wiring import recorded

with recorded(snakemake):
    review = read(Path(snakemake.input.settings).parent)
    estimates = tables.read(EstimateRow, Path(snakemake.input.estimates))
    models = [row for path in snakemake.input.doses for row in tables.read(DoseRow, Path(path))]
    own = reproduce(review, estimates, slopes_of(models))
    rows = with_verdicts_elsewhere(review, own)
    causes = cause_rows(causes_of_review(review, rows))
    tables.write(explained(rows, causes), ReproductionRow, Path(snakemake.output.reproduction))
    tables.write(causes, CauseRow, Path(snakemake.output.causes))
