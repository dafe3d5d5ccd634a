"""Types of options that take several values, divided by commas, and of finite numbers."""

from math import isfinite
from typing import Any

import click


class Several(click.ParamType[tuple[Any, ...]]):
    """One value or more, divided by commas, each of another type; a repeated one counts once."""

    name = "list"

    def __init__(self, each: click.ParamType[Any], metavar: str) -> None:
        self.each = each
        self.metavar = metavar

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Any, ...]:
        """Return the values in their order."""
        parts = [part.strip() for part in str(value).split(",")]
        return tuple(dict.fromkeys(self.each.convert(part, param, ctx) for part in parts))

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show what one value is, and that there may be more."""
        del param, ctx
        return f"{self.metavar}[,...]"


class FiniteRange(click.FloatRange):
    """A range of numbers, without "nan" and "inf"."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number, or fail."""
        number = float(super().convert(value, param, ctx))
        if not isfinite(number):
            self.fail(f"{value} is no finite number", param, ctx)
        return number
