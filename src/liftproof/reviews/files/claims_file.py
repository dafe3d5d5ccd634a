"""``data/claims.yaml`` to claims: every key known, every value of its kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from liftproof.reviews.files import claim_conditions as conditions
from liftproof.reviews.files.cells import KEY, key_of
from liftproof.reviews.files.encoding import text_of
from liftproof.reviews.files.yaml_file import Entry, YamlFile
from liftproof.reviews.model.claim import Claim, Claims, Group
from liftproof.reviews.model.problems import Problem
from liftproof.suggest import did_you_mean

CLAIMS = Path("data") / "claims.yaml"
_FILE_KEYS = ("readers", "least_share", "groups", "claims")
_REQUIRED = ("id", "claimed", "where")
_TEXTS = ("claimed", "where", "part", "covers", "dose", "reason")
_KEYS = (
    *(*_REQUIRED, "part", "analysis", "implies", "covers", "point", "certainty", "dose"),
    *("requires", "beside", "reason"),
)
_IMPLIED = ("population", "exposure")
_PATH = "review/analysis"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedClaim:
    """A claim and the lines of its keys."""

    claim: Claim
    lines: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsFile:
    """What the file says, and what is wrong with it."""

    path: Path
    claims: Claims
    asked: tuple[AskedClaim, ...] = ()
    problems: tuple[Problem, ...] = ()


def claims_file(project: Path) -> ClaimsFile | None:
    """Read the claims of a project; None where it has no such file."""
    path = project / CLAIMS
    if not path.exists():
        return None
    text = text_of(path, CLAIMS)
    if isinstance(text, Problem):
        return ClaimsFile(path=CLAIMS, claims=Claims(), problems=(text,))
    return claims_of(text, CLAIMS)


def claims_of(text: str, shown: Path) -> ClaimsFile:
    """Read the text of a ``claims.yaml``."""
    file = YamlFile(path=shown)
    root = file.root(text)
    entries = file.entries(root, _FILE_KEYS, "file") if root else {}
    _require(file, entries, ("claims",), 1 if root else 0)
    groups = _groups(file, entries["groups"]) if "groups" in entries else {}
    asked = _asked(file, entries["claims"], groups) if "claims" in entries else ()
    readers = _known(file, entries.get("readers"), groups)
    claims = Claims(
        readers=groups.get(readers),
        least_share=_share(file, entries.get("least_share")),
        groups=groups,
        claims=tuple(each.claim for each in asked),
    )
    return ClaimsFile(path=shown, claims=claims, asked=asked, problems=tuple(file.problems))


def _require(file: YamlFile, entries: Mapping[str, Entry], keys: Iterable[str], line: int) -> None:
    for key in keys if line else ():
        entry = entries.get(key)
        if entry is None:
            file.report(key, line, "a required key is missing", "", f"add {key}:")
        elif isinstance(entry.node, yaml.ScalarNode) and not file.text(entry.node):
            file.report(key, entry.line, "a required value is empty", "", "fill it in")


def _share(file: YamlFile, entry: Entry | None) -> float:
    text = file.string(entry) if entry else ""
    value = conditions.number(text) if text else Claims().least_share
    if entry and (value is None or not 0 < value <= 1):
        file.report("least_share", entry.line, "not a share", text, "write a number up to 1")
    return value or Claims().least_share


def _known(file: YamlFile, entry: Entry | None, groups: Mapping[str, Group]) -> str:
    """Return the name of a group; an unknown one is a problem."""
    name = file.string(entry) if entry else ""
    if entry and name and name not in groups:
        remedy = did_you_mean(name, groups) if groups else "describe it below groups:"
        file.report(entry.key, entry.line, "no such group", name, remedy)
    return name


def _groups(file: YamlFile, entry: Entry) -> dict[str, Group]:
    return {
        name: _group(file, name, found)
        for name, found in file.entries(entry.node, (), "groups").items()
    }


def _group(file: YamlFile, name: str, entry: Entry) -> Group:
    entries = file.entries(entry.node, (), name)
    _require(file, entries, ("words",), entry.line)
    select = {
        column: tuple(value for value, _ in file.strings(found))
        for column, found in entries.items()
        if column != "words"
    }
    if not select:
        remedy = "write a column and its values"
        file.report(name, entry.line, "a group that nothing belongs to", "", remedy)
    words = file.string(entries["words"]) if "words" in entries else ""
    return Group(id=name, words=words, select=select, line=entry.line)


def _asked(file: YamlFile, entry: Entry, groups: Mapping[str, Group]) -> tuple[AskedClaim, ...]:
    if not isinstance(entry.node, yaml.SequenceNode):
        found = file.text(entry.node)
        file.report("claims", entry.line, "not a list", found, "begin each claim with - id: name")
        return ()
    asked = tuple(_one(file, node, groups) for node in entry.node.value)
    _unique(file, asked)
    return asked


def _unique(file: YamlFile, asked: Iterable[AskedClaim]) -> None:
    first: dict[str, int] = {}
    for each in asked:
        name, line = each.claim.id, each.lines.get("id", each.claim.line)
        if name and name in first:
            wrong = f"two claims have the same id, the first on line {first[name]}"
            file.report("id", line, wrong, name, "rename one of them")
        first.setdefault(name, line)


def _one(file: YamlFile, node: yaml.Node, groups: Mapping[str, Group]) -> AskedClaim:
    entries = file.entries(node, _KEYS, "claims")
    _require(file, entries, _REQUIRED, file.line(node))
    review, analysis = _path(file, entries.get("analysis"))
    claim = Claim(
        id=_id(file, entries.get("id")),
        review=review,
        analysis=analysis,
        point=conditions.point(file, entries.get("point")),
        certainty=conditions.certainty(file, entries.get("certainty")),
        requires=conditions.requires(file, entries.get("requires")),
        beside=_beside(file, entries.get("beside")),
        line=file.line(node),
        **{"claimed": "", "where": ""}
        | {key: file.string(entries[key]) for key in _TEXTS if key in entries},
        **_implied(file, entries.get("implies"), groups),
    )
    _complete(file, entries, claim)
    lines = {key: entry.line for key, entry in entries.items()}
    return AskedClaim(claim=claim, lines=lines)


def _complete(file: YamlFile, entries: Mapping[str, Entry], claim: Claim) -> None:
    """Report a claim that nothing decides, and one that is decided twice."""
    deciding = [key for key in ("point", "dose", "requires", "reason") if key in entries]
    if not deciding:
        remedy = "add point:, dose:, requires: or reason:"
        file.report("claims", claim.line, "nothing decides this claim", claim.id, remedy)
    for key in deciding[1:]:
        remedy = f"keep {deciding[0]}: or {key}:"
        file.report(key, entries[key].line, "decided in two ways", claim.id, remedy)
    if "certainty" in entries and "point" not in entries:
        line = entries["certainty"].line
        file.report("certainty", line, "certain of nothing", claim.id, "add point:")
    if deciding and deciding != ["reason"] and "analysis" not in entries:
        file.report("analysis", claim.line, "a required key is missing", "", "add analysis:")


def _id(file: YamlFile, entry: Entry | None) -> str:
    name = file.string(entry) if entry else ""
    if entry and name and not KEY.fullmatch(name):
        remedy = f"write {key_of(name) or 'average_two_thirds'}"
        file.report("id", entry.line, "an id has only a-z, 0-9 and _", name, remedy)
    return name


def _path(file: YamlFile, entry: Entry | None) -> tuple[str, str]:
    return _parts(file, "analysis", file.string(entry), entry.line) if entry else ("", "")


def _parts(file: YamlFile, key: str, text: str, line: int) -> tuple[str, str]:
    review, slash, analysis = text.partition("/")
    if not (review and slash and analysis):
        file.report(key, line, f"not {_PATH}", text, "write such as lauersen2018/overall")
        return "", ""
    return review, analysis


def _beside(file: YamlFile, entry: Entry | None) -> tuple[tuple[str, str], ...]:
    values = file.strings(entry) if entry else []
    return tuple(_parts(file, "beside", text, line) for text, line in values)


def _implied(file: YamlFile, entry: Entry | None, groups: Mapping[str, Group]) -> dict[str, Any]:
    found = file.entries(entry.node, _IMPLIED, "implies") if entry else {}
    return {key: _known(file, each, groups) for key, each in found.items()}
