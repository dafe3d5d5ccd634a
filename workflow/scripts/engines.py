"""Have every pooled estimate of a review recomputed by independent software."""

from pathlib import Path

from liftproof import tables
from liftproof.engines.everything import all_second_opinions
from liftproof.rows.result_rows import EffectRow, EngineRow, EstimateRow, SubgroupRow
from liftproof.wiring import recorded

with recorded(snakemake):
    rows = all_second_opinions(
        tables.read(EstimateRow, Path(snakemake.input.estimates)),
        tables.read(SubgroupRow, Path(snakemake.input.subgroups)),
        tables.read(EffectRow, Path(snakemake.input.effects)),
        snakemake.params.level,
    )
    tables.write(rows, EngineRow, Path(snakemake.output.engines))
