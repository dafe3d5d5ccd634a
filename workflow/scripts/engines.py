"""Have every pooled estimate of one review recomputed by independent software."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.records import EffectRow, EngineRow, EstimateRow, SubgroupRow
from liftproof.engines.everything import all_second_opinions
from liftproof.wiring import logged

with logged(snakemake.log[0]):
    rows = all_second_opinions(
        tables.read(EstimateRow, Path(snakemake.input.estimates)),
        tables.read(SubgroupRow, Path(snakemake.input.subgroups)),
        tables.read(EffectRow, Path(snakemake.input.effects)),
    )
    tables.write(rows, EngineRow, Path(snakemake.output.engines))
