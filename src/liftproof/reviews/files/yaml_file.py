"""YAML to nodes that know their lines; scalars stay the text that was typed.

The text is composed but not constructed: ``yes`` stays "yes" and ``2018-01`` stays "2018-01".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from liftproof.reviews.files.plain_yaml import AliasError, PlainLoader, scalars
from liftproof.reviews.files.text_marks import text_complaint
from liftproof.reviews.model.problems import Problem
from liftproof.suggest import did_you_mean

_NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One key of a mapping, the line of the key, and its value."""

    key: str
    line: int
    node: yaml.Node


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlFile:
    """Reads nodes of one file; what is wrong with them is added to ``problems``."""

    path: Path
    problems: list[Problem] = field(default_factory=list)

    def root(self, text: str, needed: Sequence[str]) -> yaml.Node | None:
        """Return the root node; None if the text is empty or no YAML, which is a problem.

        ``needed``: the keys that an empty file should be given.
        """
        try:
            node = yaml.compose(text, Loader=PlainLoader)
            for key, scalar in scalars(node, "file") if node else ():
                self._marked(key, scalar)
        except AliasError as error:
            found, remedy = text.splitlines()[error.line - 1].strip(), "write it out, or quote it"
            self.report("file", error.line, "an anchor (&) or an alias (*)", found, remedy)
        except yaml.MarkedYAMLError as error:
            self._syntax(text, error)
        except yaml.reader.ReaderError as error:
            line = text[: error.position].count("\n") + 1
            found = chr(error.character) if isinstance(error.character, int) else ""
            self.report("file", line, "a character that YAML does not allow", found, "delete it")
        except (ValueError, RecursionError, OverflowError):
            remedy = "write it like the skeleton of a new review"
            self.report("file", 1, "the file cannot be read as YAML", "", remedy)
        else:
            if node is None:
                remedy = f"write {' and '.join(f'{name}:' for name in needed)}"
                self.report("file", 1, "the file is empty", "", remedy)
            return node
        return None

    def _marked(self, key: str, scalar: yaml.ScalarNode) -> None:
        complaint = text_complaint(str(scalar.value), key)
        if complaint:
            line, found = self.line(scalar), str(scalar.value)
            self.report(key, line, complaint.wrong, found, complaint.remedy)

    def entries(
        self, node: yaml.MappingNode, known: Sequence[str], name: str, homes: Mapping[str, str]
    ) -> dict[str, Entry]:
        """Return the entries of a mapping by key; ``known`` is empty where every key is allowed.

        ``name``: what an empty key is called. ``homes``: below which key other keys of the file
        stand, "" for the top level.
        """
        entries: dict[str, Entry] = {}
        for key_node, value in node.value:
            key, line = self.text(key_node), self.line(key_node)
            if key in entries:
                wrong = f"the key is given twice, first on line {entries[key].line}"
                self.report(key, line, wrong, key, "keep one of them")
            elif known and key not in known:
                remedy = _move(key, homes) or did_you_mean(key, known)
                self.report(key or name, line, "an unknown key", key, remedy)
            else:
                entries[key] = Entry(key=key, line=line, node=value)
        return entries

    def report(self, column: str, line: int, wrong: str, found: str, remedy: str) -> None:
        """Add a problem."""
        self.problems.append(
            Problem(
                path=self.path, line=line, column=column, wrong=wrong, found=found, remedy=remedy
            )
        )

    @staticmethod
    def line(node: yaml.Node) -> int:
        """Return the line on which a node begins, from 1."""
        return int(node.start_mark.line) + 1

    @staticmethod
    def text(node: yaml.Node) -> str:
        """Return a scalar as typed, empty for null and for anything else."""
        if not isinstance(node, yaml.ScalarNode) or (not node.style and node.value in _NULLS):
            return ""
        return str(node.value).strip()

    @staticmethod
    def typed(node: yaml.Node) -> str:
        """Name what stands where something else is needed."""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        return "a list" if isinstance(node, yaml.SequenceNode) else "keys with values"

    def _syntax(self, text: str, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark else 0
        lines = text.splitlines() or [""]
        typed = lines[min(line, len(lines) - 1)]
        is_indented = "\t" in typed[: len(typed) - len(typed.lstrip())]
        if is_indented or "'\\t'" in str(error.problem):
            self.report("file", line + 1, "a tab", typed, "write blanks instead")
            return
        wrong = f"not valid YAML ({error.problem or 'cannot be read'})"
        remedy = "check indentation, colons and brackets here and above, quote text with a colon"
        self.report("file", line + 1, wrong, typed.strip(), remedy)


def _move(key: str, homes: Mapping[str, str]) -> str:
    """Return the remedy for a key that is known elsewhere in the file, empty if it is not."""
    if key not in homes:
        return ""
    return f"move it below {homes[key]}:" if homes[key] else "move it to the top level of the file"
