"""Bring the generated parts of the project's pages up to date: ``make readme``.

They are the table of verdicts and the dictionary of columns in README.md, the dictionary of
results in docs/results.md, that of keys in docs/keys.md, and the forest plot beside them. A test
holds them current.
"""

from collections.abc import Mapping
from pathlib import Path

from liftproof import tables
from liftproof.analysis.result_rows import ReproductionRow
from liftproof.files import copy, write_text
from liftproof.readme_parts import (
    column_dictionary,
    replace_block,
    result_dictionary,
    verdict_table,
)
from liftproof.reviews.files.key_pages import key_dictionary

SHOWN = {"lauersen2018": ("main", "main_percent", "dose_volume"), "lauersen2014": ("strength",)}
"""Reviews and printed results that the README shows."""
FIGURE = "lauersen2018"


def pages(project: Path) -> Mapping[Path, str]:
    """Return the text of each page with its generated parts as they should be."""
    readme = project / "README.md"
    results = project / "docs" / "results.md"
    keys = project / "docs" / "keys.md"
    text = readme.read_text(encoding="utf-8")
    text = replace_block(text, "verdicts", verdict_table(_shown(project)))
    return {
        readme: replace_block(text, "columns", column_dictionary()),
        results: replace_block(results.read_text(encoding="utf-8"), "columns", result_dictionary()),
        keys: replace_block(keys.read_text(encoding="utf-8"), "keys", key_dictionary()),
    }


def _shown(project: Path) -> list[ReproductionRow]:
    return [
        row
        for review, targets in SHOWN.items()
        for row in tables.read(ReproductionRow, project / "results" / review / "reproduction.csv")
        if row.target in targets
    ]


def main() -> None:
    """Rewrite the pages of the project in the current folder from its results."""
    project = Path()
    for path, text in pages(project).items():
        write_text(path, text)
    copy(project / "results" / "blog" / FIGURE / "forest.svg", project / "docs" / "forest.svg")


if __name__ == "__main__":
    main()
