"""``data/claims.yaml`` to claims: every key known, every value of its kind."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from liftproof.reviews.files.encoding import text_of
from liftproof.reviews.files.key_reader import read_record
from liftproof.reviews.files.yaml_file import YamlFile
from liftproof.reviews.files.yaml_record import KeyPath, YamlRecord
from liftproof.reviews.model.caution import Caution
from liftproof.reviews.model.claim import Claim, Claims
from liftproof.reviews.model.problems import Problem
from liftproof.suggest import did_you_mean

CLAIMS = Path("data") / "claims.yaml"
DECIDING = ("point", "dose", "against", "requires", "reason")
"""Keys of which a claim has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsFile:
    """What the file says, and what is wrong with it. ``each``, ``cautions``: with their lines."""

    path: Path
    claims: Claims
    each: tuple[YamlRecord[Claim], ...] = ()
    cautions: tuple[YamlRecord[Caution], ...] = ()
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
    typed = read_record(file, text, Claims)
    each = typed.items("claims", typed.record.claims)
    groups = {name: replace(group, id=name) for name, group in typed.record.groups.items()}
    problems = [*file.problems, *_unknown(typed, ("readers",), typed.record.addressed, typed)]
    for claim in each:
        problems += _implied(claim, typed)
        problems += _decided(claim)
    cautions = typed.items("cautions", typed.record.cautions)
    for caution in cautions:
        problems += _named(caution)
    claims = replace(typed.record, groups=groups)
    return ClaimsFile(
        path=shown, claims=claims, each=each, cautions=cautions, problems=tuple(problems)
    )


def _implied(claim: YamlRecord[Claim], file: YamlRecord[Claims]) -> Iterator[Problem]:
    """Yield the groups that a claim implies and the file does not describe."""
    for key in ("population", "exposure", "outcome"):
        yield from _unknown(claim, ("implies", key), getattr(claim.record, key), file)


def _unknown(
    record: YamlRecord[Claims] | YamlRecord[Claim],
    place: KeyPath,
    name: str,
    file: YamlRecord[Claims],
) -> Iterator[Problem]:
    """Yield a name of a group that stands nowhere below ``groups``, even if unreadable there."""
    groups = {place[1]: None for place in file.lines if place[0] == "groups" and place[1:]}
    if name and name not in groups:
        remedy = did_you_mean(name, groups) if groups else "describe it below groups:"
        yield record.problem(place, "no such group", remedy, found=name, column=place[-1])


def _decided(claim: YamlRecord[Claim]) -> Iterator[Problem]:
    """Yield what is wrong with a claim that nothing decides, or that is decided twice."""
    name = claim.record.id
    deciding = [key for key in DECIDING if (key,) in claim.lines]
    if not deciding:
        remedy = f"add {', '.join(f'{key}:' for key in DECIDING[:-1])} or {DECIDING[-1]}:"
        yield claim.problem(("claims",), "nothing decides this claim", remedy, found=name)
    for key in deciding[1:]:
        remedy = f"keep {deciding[0]}: or {key}:"
        yield claim.problem((key,), "decided in two ways", remedy, found=name)
    if ("certainty",) in claim.lines and "point" not in deciding:
        yield claim.problem(("certainty",), "certain of nothing", "add point:", found=name)
    if deciding and deciding != ["reason"] and ("analysis",) not in claim.lines:
        wrong, remedy = "a required key is missing", "add analysis:"
        yield claim.problem(("analysis",), wrong, remedy, found="")


def _named(caution: YamlRecord[Caution]) -> Iterator[Problem]:
    """Yield numbers that the text names and does not get, and those that it does not name."""
    named = caution.record.named
    given = tuple(place[1] for place in caution.lines if place[0] == "numbers" and place[1:])
    for name in named:
        if name not in given:
            remedy = did_you_mean(name, given) if given else f"add numbers: with {name}"
            yield caution.problem(("text",), "no such number", remedy, found=f"{{{name}}}")
    for name in given:
        if name not in named:
            wrong, remedy = "the text does not show it", f"write {{{name}}} in text:, or delete it"
            yield caution.problem(("numbers", name), wrong, remedy, found=name)
