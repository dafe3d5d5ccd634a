"""The type of an option that takes a confidence level."""

import click

from liftproof.vocabulary.levels import LEAST_LEVEL, is_level, question_of_level


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
        if not is_level(level):
            remedy = question_of_level(level)
            self.fail(
                f"a level lies between {LEAST_LEVEL} and 1, not {value}; {remedy}", param, ctx
            )
        return level
