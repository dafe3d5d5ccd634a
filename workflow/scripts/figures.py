"""Draw the forest plot of every analysis of one review."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.records import EffectRow, EstimateRow, SubgroupRow
from liftproof.figures.forest import write
from liftproof.reviews import read
from liftproof.wiring import logged
from liftproof.words.plots import forests

with logged(snakemake.log[0]):
    plots = forests(
        read(Path(snakemake.input.settings).parent).settings,
        tables.read(EstimateRow, Path(snakemake.input.estimates)),
        tables.read(EffectRow, Path(snakemake.input.effects)),
        tables.read(SubgroupRow, Path(snakemake.input.subgroups)),
    )
    for plot in plots:
        write(plot, snakemake.params.folder / plot.estimate.analysis)
