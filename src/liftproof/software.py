"""The software whose versions decide the results: the page tells it, digests of code include it."""

import platform
from importlib.metadata import PackageNotFoundError, version

PACKAGES = (
    *("liftproof", "numpy", "scipy", "pandas", "pymare", "pymetaanalysis", "statsmodels"),
    *("matplotlib", "seaborn", "pillow", "snakemake", "jinja2", "typst", "pypdfium2"),
)


def versions() -> list[tuple[str, str]]:
    """Return name and version of Python and of every package that is installed."""
    found = [("Python", platform.python_version())]
    for name in PACKAGES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return found
