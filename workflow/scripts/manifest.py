"""List every result with the digests of its content, and put all of them into one file."""

from pathlib import Path

from liftproof.archive import write_archive
from liftproof.files import write_text
from liftproof.job_records import as_json, read_record
from liftproof.left_out import left_out_of
from liftproof.manifest import manifest_of
from liftproof.wiring import recorded

with recorded(snakemake):
    jobs = dict(zip(snakemake.params.jobs, map(Path, snakemake.input), strict=True))
    records = {job: read_record(path) for job, path in jobs.items()}
    manifest = manifest_of(records, left_out_of(snakemake.params.left_out))
    write_text(Path(snakemake.output.manifest), as_json(manifest))
    files = [*manifest["files"], *manifest["data"], snakemake.output.manifest]
    write_archive(files, Path(snakemake.output.archive))
