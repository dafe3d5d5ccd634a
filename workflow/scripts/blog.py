"""Write the first analysis of one review as files for a blog."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.records import EffectRow, EstimateRow, SubgroupRow
from liftproof.blog import write_blog
from liftproof.reviews import read
from liftproof.wiring import logged
from liftproof.words.plots import forests

with logged(snakemake.log[0]):
    first, *_ = forests(
        read(Path(snakemake.input.settings).parent).settings,
        tables.read(EstimateRow, Path(snakemake.input.estimates)),
        tables.read(EffectRow, Path(snakemake.input.effects)),
        tables.read(SubgroupRow, Path(snakemake.input.subgroups)),
    )
    write_blog(snakemake.params.folder, first, Path(snakemake.input.figure[0]).parent)
