"""Digests of what files hold: whether something is made anew follows from these, not from dates."""

from collections.abc import Iterable
from hashlib import file_digest, sha256
from pathlib import Path


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal digits."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def digest_of_lines(lines: Iterable[str]) -> str:
    """Return the digest of lines, each a path and the digest of its file."""
    return sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
