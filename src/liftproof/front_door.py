"""Which module holds each name of the front door, read from api.py without running it."""

import ast
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def module_of_each_name() -> Mapping[str, str]:
    """Return name to module, as the imports of :mod:`liftproof.api` say.

    >>> module_of_each_name()["pool"]
    'liftproof.statistics.pooling'
    """
    text = files("liftproof").joinpath("api.py").read_text(encoding="utf-8")
    imports = (node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom))
    return {alias.name: str(node.module) for node in imports for alias in node.names}
