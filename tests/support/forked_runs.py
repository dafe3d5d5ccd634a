"""Runs of Snakemake, forked from one process that has imported it: importing takes longest.

Nothing of the package is imported before the fork: each run takes its project's own copy.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["snakemake.cli", "snakemake.report", "pandas", "jinja2", "jsonschema", "smart_open", "yaml"]
)


def snakemake(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``snakemake`` in the folder of a project, with its own copy of the package."""
    command = ["--cores", "2", *arguments]
    with tempfile.TemporaryDirectory() as place:
        told = [Path(place, name) for name in ("out", "err")]
        process = _FORKS.Process(target=_run, args=(folder, command, told))
        process.start()
        process.join()
        assert process.exitcode is not None
        texts = [path.read_text(encoding="utf-8") for path in told]
    return subprocess.CompletedProcess(["snakemake", *command], process.exitcode, *texts)


def _run(folder: Path, command: list[str], told: list[Path]) -> None:
    from snakemake.cli import main  # noqa: PLC0415 - imported before the fork

    os.chdir(folder)
    for stream, path in enumerate(told, start=1):
        with path.open("w", encoding="utf-8") as file:
            os.dup2(file.fileno(), stream)
    assert "liftproof" not in sys.modules
    sys.path.insert(0, str(folder / "src"))
    os.environ["PYTHONPATH"] = str(folder / "src")
    main(command)
