"""What ``pip install liftproof`` leaves out, and a sentence for whoever needs it."""

from collections.abc import Sequence
from importlib.util import find_spec

from liftproof.errors import MissingExtraError

ENGINES = ("pymare", "pymetaanalysis", "statsmodels")
EXCHANGE = ("bibtexparser", "openpyxl")
FORMULAS = ("formulaic", "pandas")
PLOTS = ("matplotlib", "pandas")
EXTRAS = {
    "engines": ENGINES,
    "exchange": EXCHANGE,
    "formulas": FORMULAS,
    "plots": PLOTS,
    "report": (
        *("jinja2", "psutil", "pypdfium2", "seaborn", "snakemake", "typst"),
        *ENGINES,
        *EXCHANGE,
        *FORMULAS,
        *PLOTS,
    ),
}
"""Extra to the packages that it installs."""
IMPORTED_AS = {"pymetaanalysis": "meta_analyze"}
"""Package to the module that it holds, where that has another name."""


def require_extra(extra: str, purpose: str, packages: Sequence[str] = ()) -> None:
    """Raise MissingExtraError, with the command to type, where ``purpose`` lacks a package.

    ``packages``: those of the extra that it needs; all of them when none is named.
    """
    needed = sorted(set(packages or EXTRAS[extra]))
    missing = [name for name in needed if find_spec(IMPORTED_AS.get(name, name)) is None]
    if missing:
        raise MissingExtraError(
            f"{purpose} needs {', '.join(missing)}, not installed here; "
            f"install with: pip install 'liftproof[{extra}]'"
        )
