"""XML as nodes that know their lines; a file that declares entities is refused, not expanded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from liftproof.exchange.draft import one_problem


@dataclass(slots=True, kw_only=True)
class XmlNode:
    """An element; ``words``: its text and that of the elements within, in their order."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list["XmlNode"] = field(default_factory=list)
    words: str = ""

    def within(self, *tags: str) -> Iterator["XmlNode"]:
        """Yield every element of these tags below this one, in the order of the file."""
        for child in self.children:
            if child.tag in tags:
                yield child
            yield from child.within(*tags)

    def text(self, tag: str) -> str:
        """Return the text of the first child of a tag, empty where there is none."""
        found = (child.words for child in self.children if child.tag == tag)
        return " ".join(next(found, "").split())


class _EntityError(Exception):
    """An entity is declared."""


def read_xml(file: Path) -> XmlNode:
    """Return the root of a file; DataError where it cannot be read or declares entities."""
    root = XmlNode(tag="", attributes={}, line=1)
    stack = [root]
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        node = XmlNode(tag=tag, attributes=attributes, line=parser.CurrentLineNumber)
        stack[-1].children.append(node)
        stack.append(node)

    def end(_: str) -> None:
        node = stack.pop()
        stack[-1].words += node.words

    def words(text: str) -> None:
        stack[-1].words += text

    def entity(*_: object) -> None:
        raise _EntityError

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = words, entity
    try:
        parser.Parse(file.read_bytes(), True)
    except _EntityError as error:
        wrong, remedy = "the file declares entities", "export it again from RevMan"
        raise one_problem(file, wrong, "", remedy, line=parser.CurrentLineNumber) from error
    except expat.ExpatError as error:
        remedy = "export it again"
        raise one_problem(
            file, "the file cannot be read as XML", str(error), remedy, line=error.lineno
        ) from error
    except OSError as error:
        found, remedy = error.strerror or str(error), "check its name and permissions"
        raise one_problem(file, "the file cannot be opened", found, remedy) from error
    return root
