"""Pool every analysis of one review."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.contrasts import contrast_rows
from liftproof.analysis.estimates import pool_review
from liftproof.reviews import read
from liftproof.rows.contrast_rows import ContrastRow
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow
from liftproof.wiring import recorded

with recorded(snakemake):
    review = read(Path(snakemake.input.settings).parent)
    pooled = pool_review(review)
    effects = [row for analysis in pooled for row in analysis.effects]
    subgroups = [row for analysis in pooled for row in analysis.subgroups]
    tables.write(effects, EffectRow, Path(snakemake.output.effects))
    tables.write([one.estimate for one in pooled], EstimateRow, Path(snakemake.output.estimates))
    tables.write(subgroups, SubgroupRow, Path(snakemake.output.subgroups))
    contrasts = contrast_rows(review, pooled)
    tables.write(contrasts, ContrastRow, Path(snakemake.output.contrasts))
