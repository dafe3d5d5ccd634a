"""YAML composed without what turns a few lines into millions: anchors and aliases are refused."""

from collections.abc import Iterator
from typing import Any

import yaml


class AliasError(yaml.YAMLError):
    """An anchor or an alias; ``line``: counted from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"an anchor or an alias on line {line}")
        self.line = line


class PlainLoader(yaml.SafeLoader):
    """Composes what is written out, and nothing that stands for something else."""

    def compose_node(self, parent: Any, index: Any) -> yaml.Node | None:
        """Compose the next node, or raise AliasError."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise AliasError(event.start_mark.line + 1)
        return super().compose_node(parent, index)


def scalars(node: yaml.Node, key: str) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Yield every single value of a file, keys too, each with the key that it belongs to."""
    if isinstance(node, yaml.ScalarNode):
        yield key, node
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from scalars(each, key)
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            own = name.value if isinstance(name, yaml.ScalarNode) else key
            yield from scalars(name, own)
            yield from scalars(value, own)
