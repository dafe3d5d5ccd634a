"""Scripts run by R, where it is there with metafor."""

import csv
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

EVERY = 'for (file in commandArgs(TRUE)) { source(file, chdir = TRUE); cat("\\n") }'
"""One start of R for all scripts: loading metafor takes longer than most of them."""


def rows_by_r(scripts: Sequence[Path]) -> list[dict[str, str]] | None:
    """Return the rows that the scripts print; None where R or metafor is not there.

    A script that ends with an error fails.
    """
    rscript = shutil.which("Rscript")
    if rscript is None:
        return None
    command = [rscript, "-e", EVERY, *map(str, scripts)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if "there is no package called" in done.stderr:
        return None
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    header, *lines = (line for line in done.stdout.splitlines() if line)
    return list(csv.DictReader([header, *(line for line in lines if line != header)]))
