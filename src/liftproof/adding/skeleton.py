"""A new review: a commented review.yaml, and tables that have their headers alone."""

import re
from collections.abc import Mapping
from pathlib import Path

from liftproof.columns import columns
from liftproof.errors import ProjectError
from liftproof.files import write_together
from liftproof.reviews import find_new
from liftproof.reviews.model.review_tables import TABLES

TABLES_OF_NEW = ("studies.csv", "outcomes.csv", "provenance.csv", "published.csv")

SETTINGS = """\
# What this review asks, and how. Every key: docs/keys.md. Lines that begin with # are remarks;
# take the # away where a line is wanted.
title: {title}
# citation: One A, Two B (2020) Journal of Injuries 1, 23-45
# doi: 10.1000/injuries.2020.1
measure: RR                # RR OR RD IRR HR SMD MD ROM, or GEN for effects given as y and v
intervention: exercise     # the arms, as readers see them
control: usual training
analyses:
  - id: overall            # a name for files and commands
    title: All trials
    tau2: REML             # FE DL PM REML ML HE SJ EB HS and more
    interval: hksj_adhoc   # wald hksj hksj_adhoc and more
    # select: {{category: [strength], outcome: [injury]}}  # column: values; else every trial
    # variants: {{one2001: adjusted}}       # the extraction to use where it is not `primary`
    # clustering: design_effect           # inflate the variances of cluster trials
# beside: {{category: [education]}}         # trials that are listed, and meant to enter no analysis
"""


def new_review(name: str, root: Path) -> Mapping[Path, str]:
    """Return the files of a new review and their texts.

    ``name``: below data/reviews, or a path. Raises UsageError for a name that cannot be one, and
    ProjectError where the folder is there already.
    """
    folder = find_new(name, root)
    if folder.exists() or folder.is_symlink():
        raise ProjectError(f"{folder}: is there already; choose another name, or delete it first")
    return {
        folder / "review.yaml": skeleton_settings(folder.name),
        **{folder / file: _header(file) for file in TABLES_OF_NEW},
    }


def skeleton_settings(name: str) -> str:
    """Return the ``review.yaml`` of a new review; ``name``: of its folder."""
    title = re.sub(r"[_-]+", " ", name).strip() or name
    return SETTINGS.format(title=f'"{title}"')


def make_review(name: str, root: Path) -> Path:
    """Write a new review and return its folder; raises what :func:`new_review` does."""
    files = new_review(name, root)
    write_together({path: text.encode("utf-8") for path, text in files.items()})
    return next(iter(files)).parent


def _header(file: str) -> str:
    return ",".join(item.name for item in columns(TABLES[file])) + "\n"
