"""Snakemake's dry runs, forked from one process that has imported it: importing takes longest.

Nothing of the package is imported before the fork: each run takes its project's own copy.
"""

import multiprocessing
import os
import sys
import tempfile
from pathlib import Path

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["snakemake.cli", "snakemake.report", "pandas", "jinja2", "jsonschema", "smart_open", "yaml"]
)


def dry_run(folder: Path) -> tuple[int, str]:
    """Return exit code and all output of ``snakemake --dry-run`` in the folder of a project."""
    with tempfile.NamedTemporaryFile() as output:
        process = _FORKS.Process(target=_run, args=(folder, output.name))
        process.start()
        process.join()
        assert process.exitcode is not None
        return process.exitcode, Path(output.name).read_text(encoding="utf-8")


def _run(folder: Path, output: str) -> None:
    from snakemake.cli import main  # noqa: PLC0415 - imported before the fork

    os.chdir(folder)
    with Path(output).open("w", encoding="utf-8") as stream:
        for told in (1, 2):
            os.dup2(stream.fileno(), told)
    assert "liftproof" not in sys.modules
    sys.path.insert(0, str(folder / "src"))
    os.environ["PYTHONPATH"] = str(folder / "src")
    main(["--cores", "2", "--dry-run"])
