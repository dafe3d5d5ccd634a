"""The type of an option that takes a confidence level."""

import click

LEAST, MOST = 0.5, 1.0
"""A level at or below one half is an error probability typed for it."""


class Level(click.ParamType[float]):
    """A share such as 0.95; a percentage or an error probability is told what was meant."""

    name = "level"

    def convert(
        self, value: str | float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the level, or fail with the remedy."""
        try:
            level = float(value)
        except ValueError:
            self.fail(f"the level {value!r} is no number; write a share such as 0.95", param, ctx)
        if not LEAST < level < MOST:
            meant = level / 100 if LEAST < level / 100 < MOST else 1 - level
            remedy = f"did you mean {meant:g}?" if LEAST < meant < MOST else "write 0.95"
            self.fail(f"a level lies between {LEAST} and 1, not {value}; {remedy}", param, ctx)
        return level
