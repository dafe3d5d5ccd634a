"""Have every pooled estimate of every review recomputed by independent software."""

from pathlib import Path

from liftproof import tables
from liftproof.engines.everything import all_second_opinions
from liftproof.rows.result_rows import EffectRow, EngineRow, EstimateRow, SubgroupRow
from liftproof.wiring import recorded

with recorded(snakemake) as failures:
    outputs = zip(snakemake.output.engines, snakemake.params.levels, strict=True)
    for output, level in ((Path(path), level) for path, level in outputs):
        with failures.within(output.parent.name):
            rows = all_second_opinions(
                tables.read(EstimateRow, output.with_name("estimates.csv")),
                tables.read(SubgroupRow, output.with_name("subgroups.csv")),
                tables.read(EffectRow, output.with_name("effects.csv")),
                level,
            )
            tables.write(rows, EngineRow, output)
