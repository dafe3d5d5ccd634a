"""The command line. Each verb imports what it needs when it runs, so that help is instant."""

from liftproof.cli.main import main

__all__ = ["main"]
