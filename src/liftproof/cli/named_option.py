"""The type of an option that takes a name: an unknown one is answered with the nearest."""

from collections.abc import Mapping
from types import MappingProxyType

import click

from liftproof.suggest import did_you_mean


class Named(click.ParamType[str]):
    """An option that takes one of a few names and answers an unknown one with the nearest."""

    name = "name"

    def __init__(
        self,
        kind: str,
        known: tuple[str, ...],
        aliases: Mapping[str, str],
        refused: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.kind = kind
        self.known = known
        self.aliases = aliases
        self.refused = refused

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name as it is known, whatever its case."""
        by_lower = {name.lower(): name for name in self.known}
        by_lower |= {alias.lower(): name for alias, name in self.aliases.items()}
        if value.upper() in self.refused:
            self.fail(self.refused[value.upper()], param, ctx)
        if value.lower() not in by_lower:
            self.fail(
                f"unknown {self.kind} {value!r}; {did_you_mean(value, self.known)}", param, ctx
            )
        return by_lower[value.lower()]

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show the known names in the help text."""
        del param, ctx
        return "|".join(self.known)
