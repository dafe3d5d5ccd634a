"""The command line, a module a verb. A verb is imported when it is asked for: help is instant."""

from liftproof.cli.main import main

__all__ = ["main"]
