"""What takes long to make and follows from little, kept from run to run by a digest of the latter.

A kept file begins with a digest of its name and of the rest: one that was cut short, edited or put
in the place of another is never taken. Each lies where a job looks that made it or took it last;
what a whole job did not ask for is removed, so that no more is kept than was made in the last run.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from liftproof.errors import WriteError
from liftproof.files import write_bytes

_LENGTH = 32
"""Bytes of a digest."""


@dataclass(frozen=True, slots=True)
class KeptContent:
    """Content that was made before, a file each; ``folder``: where, or None to keep nothing.

    ``asked``: the names of the files that were asked for.
    """

    folder: Path | None = None
    asked: set[str] = field(default_factory=set)

    def made(self, make: Callable[[], bytes], *basis: str | bytes) -> bytes:
        """Return what ``make`` returns, made before or now; ``basis``: all that it follows from."""
        content = self.taken(*basis)
        if content is None:
            content = make()
            self.keep(content, *basis)
        return content

    def taken(self, *basis: str | bytes) -> bytes | None:
        """Return what was made before of the same; None where nothing is kept of it."""
        if self.folder is None:
            return None
        name = _digest(*basis).hex()
        self.asked.add(name)
        return _read(self.folder / name)

    def keep(self, content: bytes, *basis: str | bytes) -> None:
        """Keep what was made; ``basis``: all that it follows from."""
        if self.folder is None:
            return
        name = _digest(*basis).hex()
        self.asked.add(name)
        with suppress(WriteError, OSError):  # it is made again then
            write_bytes(self.folder / name, _digest(name, content) + content)


NOTHING_KEPT = KeptContent()


@contextmanager
def kept_below(folder: Path) -> Iterator[KeptContent]:
    """Keep content in a folder; what was not asked for is removed at the end, unless it failed."""
    kept = KeptContent(folder)
    yield kept
    with suppress(OSError):  # what cannot be removed is not asked for
        for path in folder.glob("*"):
            if path.name not in kept.asked:
                path.unlink()


def _read(path: Path) -> bytes | None:
    """Return the content of a file that was kept; None if there is none, or it is not as kept."""
    try:
        held = path.read_bytes()
    except OSError:
        return None
    content = held[_LENGTH:]
    return content if held[:_LENGTH] == _digest(path.name, content) else None


def _digest(*parts: str | bytes) -> bytes:
    """Return the digest of some parts, told apart by their lengths."""
    whole = sha256()
    for part in parts:
        encoded = part.encode() if isinstance(part, str) else part
        whole.update(b"%d:" % len(encoded) + encoded)
    return whole.digest()
