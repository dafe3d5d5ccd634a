"""XML as nodes that know their lines; a file that declares entities is refused, not expanded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
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
        """Yield every element of these tags below, in order, whatever its prefix."""
        for child in self.children:
            if child.tag.rpartition(":")[2] in tags:
                yield child
            yield from child.within(*tags)

    def text(self, tag: str) -> str:
        """Return the text of the first child of a tag, empty where there is none."""
        found = (child.words for child in self.children if child.tag == tag)
        return " ".join(next(found, "").split())


class EntityError(Exception):
    """An entity is declared, on ``line``."""

    def __init__(self, line: int) -> None:
        super().__init__("the file declares entities")
        self.line = line


def read_xml(file: Path) -> XmlNode:
    """Return the root of a file; DataError where it cannot be read or declares entities."""
    try:
        return nodes_of(file.read_bytes())
    except EntityError as error:
        remedy = "export it again from RevMan"
        raise one_problem(file, str(error), "", remedy, line=error.line) from error
    except expat.ExpatError as error:
        remedy = "export it again"
        raise one_problem(
            file, "the file cannot be read as XML", str(error), remedy, line=error.lineno
        ) from error
    except OSError as error:
        found, remedy = error.strerror or str(error), "check its name and permissions"
        raise one_problem(file, "the file cannot be opened", found, remedy) from error


def nodes_of(content: bytes) -> XmlNode:
    """Return a node above the root; raises ExpatError or EntityError."""
    root = XmlNode(tag="", attributes={}, line=1)
    stack = [root]
    parser = strict_parser()

    def start(tag: str, attributes: dict[str, str]) -> None:
        node = XmlNode(tag=tag, attributes=attributes, line=parser.CurrentLineNumber)
        stack[-1].children.append(node)
        stack.append(node)

    def end(_: str) -> None:
        node = stack.pop()
        stack[-1].words += node.words

    def words(text: str) -> None:
        stack[-1].words += text

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = words
    parser.Parse(content, True)
    return root


def strict_parser() -> Any:
    """Return a parser of expat that raises EntityError where an entity is declared."""
    parser = expat.ParserCreate()

    def entity(*_: object) -> None:
        raise EntityError(parser.CurrentLineNumber)

    parser.EntityDeclHandler = entity
    return parser
