"""Pool the multiverse of every printed estimate of one review."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.multiverse.review_multiverse import multiverse_review
from liftproof.reviews import read
from liftproof.rows.multiverse_rows import ChoiceRow, CurveRow, MultiverseRow
from liftproof.wiring import recorded

with recorded(snakemake):
    found = multiverse_review(read(Path(snakemake.input.settings).parent))
    tables.write(found.targets, MultiverseRow, Path(snakemake.output.targets))
    tables.write(found.choices, ChoiceRow, Path(snakemake.output.choices))
    tables.write(found.curves, CurveRow, Path(snakemake.output.curves))
