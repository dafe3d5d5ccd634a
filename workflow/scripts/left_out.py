"""End a run that had to leave something out, with the reasons."""

from liftproof.left_out import left_out_of, require_nothing_left_out
from liftproof.wiring import logged

with logged(snakemake.log[0]):
    require_nothing_left_out(left_out_of(snakemake.params.left_out))
