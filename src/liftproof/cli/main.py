"""The verbs of ``liftproof`` and what they share: names checked, errors without a traceback."""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from liftproof import __version__
from liftproof.arithmetic import hold_arithmetic
from liftproof.cli.exit_codes import EXIT_CODES, FAULTS, USAGE
from liftproof.cli.terminal import discard, streams, why_not
from liftproof.collecting import collect_seldom
from liftproof.errors import LiftproofError, UsageError
from liftproof.suggest import did_you_mean

VERBS: Mapping[str, str] = {
    "add": "Add one trial with its provenance to a review.",
    "audit": "Hold the rows and pools of a paper's forest plot against each other.",
    "changes": "Say what additions and edits did to estimates, verdicts and figures.",
    "check": "Print every problem in the data of the reviews.",
    "export": "Write a review as a file that other programs read.",
    "import": "Take a file of another program over into a review.",
    "init": "Make a project of one example review in FOLDER.",
    "new": "Write the folder of a new review, whose review.yaml explains itself.",
    "pool": "Pool the analyses of a review and print a table.",
    "report": "Run the whole workflow of the project in FOLDER.",
    "simulate": "Say how often each method's limits hold a truth that is known.",
    "template": "Write a workbook in which a review can be typed.",
    "verify": "Say which results in FOLDER are not as they should be.",
}
"""Each verb is the ``command`` of its module in this package, imported when it is asked for; help
lists the first sentence of each."""
MODULES: Mapping[str, str] = {"import": "import_verb"}
"""Modules that cannot have the name of their verb, a word of Python."""


class Verbs(click.Group):
    """The group of verbs: an unknown one gets the nearest, an error gets one clear line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the verbs."""
        del ctx
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb; None for an unknown one."""
        del ctx
        if cmd_name not in VERBS:
            return None
        module = MODULES.get(cmd_name, cmd_name)
        command: click.Command = import_module(f"liftproof.cli.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without importing them, and the exit codes."""
        del ctx
        with formatter.section("Verbs"):
            formatter.write_dl(sorted(VERBS.items()))
        with formatter.section("Exit codes"):
            formatter.write_dl(list(EXIT_CODES.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the verb, or fail with the nearest known one."""
        if args and not args[0].startswith("-") and args[0] not in VERBS:
            remedy = did_you_mean(args[0], VERBS)
            raise click.UsageError(f"no such verb: {args[0]}; {remedy}", ctx)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line; what the system refuses ends in a sentence."""
        with streams():
            try:
                return super().main(*args, **kwargs)
            except OSError as error:
                if error.filename is None and sys.stdout is not None:
                    discard(sys.stdout)
                click.echo(why_not(error), err=True)
                sys.exit(FAULTS)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; turn errors raised on purpose into their text and exit code.

        The arithmetic is held before a verb is imported, and NumPy with it.
        """
        hold_arithmetic()
        collect_seldom()
        try:
            return super().invoke(ctx)
        except LiftproofError as error:
            click.echo(str(error), err=True)
            ctx.exit(USAGE if isinstance(error, UsageError) else FAULTS)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="liftproof")
def main() -> None:
    """Check and pool the trials of a review, or report on all that a project holds.

    REVIEW is a name below data/reviews/ in the current folder or a path to any review folder;
    FOLDER is a project, the current folder when none is named.
    """
