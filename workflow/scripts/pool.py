"""Pool every analysis of one review."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.estimates import pool_review
from liftproof.reviews import read
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow
from liftproof.wiring import logged

with logged(snakemake.log[0]):
    pooled = pool_review(read(Path(snakemake.input.settings).parent))
    effects = [row for analysis in pooled for row in analysis.effects]
    subgroups = [row for analysis in pooled for row in analysis.subgroups]
    tables.write(effects, EffectRow, Path(snakemake.output.effects))
    tables.write([one.estimate for one in pooled], EstimateRow, Path(snakemake.output.estimates))
    tables.write(subgroups, SubgroupRow, Path(snakemake.output.subgroups))
