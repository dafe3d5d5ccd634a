"""Ways to spoil a project's files: a little, so that much of it is still read as data.

Every choice is drawn from a ``random.Random``, which may be seeded, Hypothesis's own, or fed by a
coverage-guided fuzzer.
"""

import csv
import io
from collections.abc import Callable, Mapping
from random import Random

from liftproof.vocabulary.choices import CHOICES

Files = dict[str, bytes]

MOST = 3
"""Changes to a project at once."""
NASTY = (
    *("", " ", "\u00a0", "NA", "-", "0", "-0", "1e5", "1e-999", "1e999", "9" * 5000, "inf", "nan"),
    *("0,41", "1,502", "1.5", "<0.05", "<", "%", "12-Mar", "43891", "2011-99-99", '"', "\n", "\r"),
    *(";", "\t", "🏋", "١٢", "²", "askling2003", "primary", "adjusted", "1", "0.9999999999999999"),
    *("5e-324", "-.", ".", "--5", "−5", "1e+", "0" * 39, "petersen2011", "RR", "SMD", "GEN", "HR"),
    *("\x00", "\ufeff", "\u202e", "=1+1", "@x", "<b>", "{{ 7 }}", "\\", "1_000", "0x1F", "1/3"),
    *("yes", "no", "null", "~", "[a]", "{a: b}", "*x", "&x y", "!!int z", "- 1", "cluster"),
)
FACTORS = (0.0, -1.0, 0.1, 10.0, 0.5, 2.0, 1e-3, 1e3, 1e-9, 1e9, 1e15)
CODES = tuple(dict.fromkeys(code for codes in CHOICES.values() for code in codes))
KEYS = (
    *("measure", "tau2", "interval", "prediction", "model", "clustering", "smd", "change_sd"),
    *("better", "subgroup", "select", "leave_out", "variants", "multiverse", "population"),
    *("pre_post_correlation", "baseline_risk", "id", "title", "form", "per", "dose", "unit"),
)
VALUES = (
    *("lower", "higher", "label", "category", "year", "study", "outcome", "arm", "{}", "0.5", "-1"),
    *(
        "{category: strength}",
        "{year: [2003, 2007]}",
        "{outcome: injury}",
        "{risk: 0.3, source: s}",
    ),
    *(
        "{tau2: [DL, REML], interval: [wald, hksj]}",
        "{study: [fox]}",
        "{oryx: counts}",
        "log",
        "rcs",
    ),
    *("{cyd: primary}", "{zero_cells: [only_empty, left_out]}", "weeks", "year x weeks", "before"),
)
CODINGS = ("utf-8-sig", "utf-16", "latin-1", "cp1252", "utf-32", "cp500")
ENDS = ("\r\n", "\r", "\u2028", "\n\n", "\x0b", " \n")


def mutated(base: Mapping[str, bytes], chance: Random) -> Files:
    """Return the files of a project after a few changes."""
    files = dict(base)
    for _ in range(chance.randint(1, MOST)):
        change = chance.choices(list(CHANGES), weights=list(CHANGES.values()))[0]
        path = chance.choice(sorted(files)) if files else ""
        if path:
            change(files, path, chance)
    return files


def _table(files: Files, path: str) -> list[list[str]]:
    text = files[path].decode("utf-8", "replace").replace("\x00", "")
    rows = list(csv.reader(io.StringIO(text, newline=""))) if path.endswith(".csv") else []
    return rows if rows and any(rows) else []


def _keep(files: Files, path: str, rows: list[list[str]], **options: object) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, **{"lineterminator": "\n", "escapechar": "\\", **options}).writerows(rows)
    files[path] = out.getvalue().encode("utf-8", "surrogatepass")


def cell(files: Files, path: str, chance: Random) -> None:
    """Put into a cell something nasty, another cell, or another number."""
    rows = [row for row in _table(files, path) if row]
    if not rows:
        return setting(files, path, chance)
    row = chance.choice(rows)
    column = chance.randrange(len(row))
    other = chance.choice(rows)
    row[column] = chance.choice(
        [_number, lambda *_: chance.choice(NASTY), lambda *_: other[column % len(other)]]
    )(row[column], chance)
    return _keep(files, path, rows)


def number(files: Files, path: str, chance: Random) -> None:
    """Change a number of a table into another that can be read."""
    results = [name for name in sorted(files) if name.endswith("outcomes.csv")]
    path = chance.choice([path, *results, *results])
    rows = _table(files, path)
    places = [
        (row, column)
        for row in rows[1:]
        for column, text in enumerate(row)
        if text.replace(".", "").replace("-", "").isdecimal()
    ]
    if not places:
        return cell(files, path, chance)
    row, column = chance.choice(places)
    row[column] = _number(row[column], chance)
    return _keep(files, path, rows)


def _number(text: str, chance: Random) -> str:
    try:
        value = float(text)
    except ValueError:
        return chance.choice(("0", "1", "2", "0.5", "40", "100", "2011"))
    changed = value * chance.choice(FACTORS) if chance.random() < 0.7 else value + 1
    whole = changed == int(changed) and abs(changed) < 1e15
    return str(int(changed)) if whole else f"{changed:.12f}".rstrip("0").rstrip(".")


def row(files: Files, path: str, chance: Random) -> None:
    """Drop a row, or double it, or move it; or a line, of a file that is no table."""
    lines = files[path].split(b"\n")
    _move(lines, chance)
    files[path] = b"\n".join(lines)


def column(files: Files, path: str, chance: Random) -> None:
    """Drop a column, or double it, or move it."""
    rows = _table(files, path)
    if not rows:
        return row(files, path, chance)
    turned = [list(cells) for cells in zip(*rows, strict=False)]
    _move(turned, chance)
    return _keep(files, path, [list(cells) for cells in zip(*turned, strict=True)])


def _move(items: list[object], chance: Random) -> None:
    place = chance.randrange(len(items)) if items else 0
    taken = items.pop(place) if items else None
    for _ in range(chance.randint(0, 2) if taken is not None else 0):
        items.insert(chance.randint(0, len(items)), taken)


def setting(files: Files, path: str, chance: Random) -> None:
    """Change a value of a YAML file, or add a key."""
    paths = [name for name in sorted(files) if name.endswith(".yaml")]
    path = path if path in paths else chance.choice(paths or [path])
    lines = files[path].decode("utf-8", "replace").splitlines() or [""]
    place = chance.randrange(len(lines))
    key, colon, _ = lines[place].partition(":")
    value = chance.choice((CODES, VALUES, VALUES, NASTY)[chance.randrange(4)])
    if chance.random() < 0.5 and colon:
        lines[place] = f"{key}: {value}"
    else:
        indent = " " * (len(key) - len(key.lstrip(" -")))
        lines.insert(place + 1, f"{indent}{chance.choice(KEYS)}: {value}")
    files[path] = "\n".join(lines).encode("utf-8", "surrogatepass")


def choice(files: Files, path: str, chance: Random) -> None:
    """Give an analysis another code under a key that takes it."""
    paths = [name for name in sorted(files) if name.endswith("review.yaml")]
    lines = files[paths[0]].decode("utf-8", "replace").splitlines() if paths else []
    starts = [place for place, line in enumerate(lines) if line.startswith("  - id:")]
    if not starts:
        return setting(files, path, chance)
    key = chance.choice(sorted(CHOICES))
    given = [place for place, line in enumerate(lines) if line.strip().startswith(f"{key}:")]
    line = f"    {key}: {chance.choice(sorted(CHOICES[key]))}"
    if given and chance.random() < 0.7:
        lines[chance.choice(given)] = line
    else:
        lines.insert(chance.choice(starts) + 1, line)
    files[paths[0]] = "\n".join(lines).encode("utf-8", "surrogatepass")
    return None


def junk(files: Files, path: str, chance: Random) -> None:
    """Put bytes into a file, or cut it off."""
    content = files[path]
    place = chance.randint(0, len(content))
    short = (
        b'"',
        b",",
        b"\n",
        b"\t",
        b": ",
        b"[",
        b"&a",
        b"\x00",
        b"\xff\xfe",
        b"'",
        b"#",
        b"\xc3",
    )
    put = chance.choice((*short, bytes(chance.randrange(256) for _ in range(6))))
    files[path] = content[:place] + (put + content[place:] if chance.random() < 0.8 else b"")


def coding(files: Files, path: str, chance: Random) -> None:
    """Write a file in another encoding."""
    text = files[path].decode("utf-8", "replace")
    files[path] = text.encode(chance.choice(CODINGS), "replace")


def ends(files: Files, path: str, chance: Random) -> None:
    """End lines otherwise."""
    files[path] = files[path].replace(b"\n", chance.choice(ENDS).encode())


def quoting(files: Files, path: str, chance: Random) -> None:
    """Quote every cell, or none, or part the cells by something else."""
    rows = _table(files, path)
    if rows:
        quote = chance.choice((csv.QUOTE_ALL, csv.QUOTE_NONE, csv.QUOTE_NONNUMERIC))
        _keep(files, path, rows, quoting=quote, delimiter=chance.choice((",", ",", ";", "\t", "|")))


def file(files: Files, path: str, chance: Random) -> None:
    """Leave a file out, or empty it, or give it another name."""
    content = files.pop(path)
    what = chance.randrange(3)
    if what == 0:
        files[path] = b""
    elif what == 1:
        files[path.replace(".csv", ".CSV").replace("review", "Review")] = content


CHANGES: Mapping[Callable[[Files, str, Random], None], int] = {
    number: 12,
    choice: 8,
    setting: 3,
    cell: 4,
    row: 4,
    column: 1,
    junk: 1,
    coding: 1,
    ends: 1,
    quoting: 1,
    file: 1,
}
"""Each way with its weight: ways that leave the files readable lead further than ``check``."""
