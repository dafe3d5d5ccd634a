"""Hold the numbers of all files against each other, list every result, put all into one file."""

from pathlib import Path

from liftproof.archive import write_archive
from liftproof.citation_file import CitationFile, read_citation
from liftproof.content import digest
from liftproof.crate import crate_of
from liftproof.files import write_text
from liftproof.job_records import as_json, read_record
from liftproof.left_out import left_out_of
from liftproof.manifest import manifest_of
from liftproof.report.gate.one_number import require_first_page
from liftproof.wiring import recorded

with recorded(snakemake):
    require_first_page(snakemake.params.reviews, Path("results"))
    jobs = dict(zip(snakemake.params.jobs, map(Path, snakemake.input.records), strict=True))
    records = {job: read_record(path) for job, path in jobs.items()}
    manifest = manifest_of(records, left_out_of(snakemake.params.left_out))
    write_text(Path(snakemake.output.manifest), as_json(manifest))
    citation = next(map(read_citation, map(Path, snakemake.input.citation)), CitationFile())
    listed = digest(Path(snakemake.output.manifest))
    crate = crate_of(manifest, listed, citation, snakemake.params.newest)
    write_text(Path(snakemake.output.crate), as_json(crate))
    own = [snakemake.output.manifest, snakemake.output.crate]
    files = [*manifest["files"], *manifest["data"], *own]
    write_archive(files, Path(snakemake.output.archive))
