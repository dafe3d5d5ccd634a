"""Answer the dose questions of one review."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.dose.records import DoseCurveRow, DoseRow, DoseTrialRow
from liftproof.analysis.dose.run import answer_doses
from liftproof.reviews import read
from liftproof.wiring import logged
from liftproof.words.dose import told

with logged(snakemake.log[0]):
    answers = answer_doses(read(Path(snakemake.input.settings).parent))
    tables.write(told(answers.models, answers.trials), DoseRow, Path(snakemake.output.models))
    tables.write(answers.trials, DoseTrialRow, Path(snakemake.output.trials))
    tables.write(answers.curves, DoseCurveRow, Path(snakemake.output.curves))
