"""Answer the dose questions of one review."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.dose.dose_answers import answer_doses
from liftproof.pages.dose.dose_words import doses_in_words
from liftproof.reviews import read
from liftproof.rows.dose_rows import DoseCurveRow, DoseRow, DoseTrialRow
from liftproof.wiring import recorded

with recorded(snakemake):
    answers = answer_doses(read(Path(snakemake.input.settings).parent))
    models = doses_in_words(answers.models, answers.trials)
    tables.write(models, DoseRow, Path(snakemake.output.models))
    tables.write(answers.trials, DoseTrialRow, Path(snakemake.output.trials))
    tables.write(answers.curves, DoseCurveRow, Path(snakemake.output.curves))
