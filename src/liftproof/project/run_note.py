"""``results/run.json``: of which commit the project was when its results were last made.

It stands beside the manifest, which is the same for the same data and code, whatever commit they
are of.
"""

from contextlib import suppress
from pathlib import Path

from liftproof.errors import ProjectError
from liftproof.files import write_text
from liftproof.job_records import RESULTS, as_json
from liftproof.project.revisions import revision_of

RUN = RESULTS / "run.json"


def note_revision(project: Path, tracked: Path) -> None:
    """Write the commit and whether the project was clean; nothing where git does not keep it.

    ``tracked``: a path within the project that git keeps if it keeps the project.
    """
    found = None
    with suppress(ProjectError):  # no git here
        found = revision_of(project, tracked)
    if found is None:
        (project / RUN).unlink(missing_ok=True)
        return
    commit, is_clean = found
    write_text(project / RUN, as_json({"commit": commit, "clean": is_clean}))
