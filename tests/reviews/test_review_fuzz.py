"""Whatever stands in the files, reading them returns problems, and what is read can be pooled.

500 projects in all; ``make fuzz`` spoils as many as are asked for.
"""

import csv
import io
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.fuzzing.bases import BASES, FOLDER
from support.fuzzing.hunt import project_of
from support.fuzzing.mutations import NASTY, mutated
from support.fuzzing.walk import PARTS, POOLED, REFUSED, SHOWN, walk

pytestmark = pytest.mark.slow

GOOD = BASES["counts"]
FILES = sorted(GOOD)
TABLES = [file for file in FILES if file.endswith(".csv")]
SETTINGS = f"{FOLDER}review.yaml"
CELLS = st.sampled_from(NASTY) | st.text(max_size=12) | st.floats().map(str)
QUICK = sorted(BASES.keys() - {"sparse"})
"""Without the mixed models, whose likelihoods take a tenth of a second."""
SEEDED = 40


def walked(files, part=""):
    with TemporaryDirectory() as name:
        return walk(Path(name), files, part)


@settings(max_examples=60)
@given(file=st.sampled_from(FILES), content=st.binary(max_size=60))
def test_any_bytes(file, content):
    walked({**GOOD, file: content})


@settings(max_examples=60)
@given(
    file=st.sampled_from(FILES),
    junk=st.binary(max_size=6) | st.sampled_from([b'"', b",", b"\n", b"\t", b": ", b"[", b"&a"]),
    where=st.floats(0, 1),
)
def test_any_bytes_put_into_a_file(file, junk, where):
    text = GOOD[file]
    at = int(where * len(text))
    walked({**GOOD, file: text[:at] + junk + text[at:]})


@settings(max_examples=150)
@given(st.data())
def test_any_cells(data):
    """Spoil up to six cells, the header's too, of any tables."""
    tables = {file: list(csv.reader(io.StringIO(GOOD[file].decode()))) for file in TABLES}
    for _ in range(data.draw(st.integers(1, 6))):
        rows = tables[data.draw(st.sampled_from(TABLES))]
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(CELLS)
    walked({**GOOD, **{file: _csv(rows) for file, rows in tables.items()}})


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


VALUES = st.sampled_from(("RR", "DL", "yes", "~", "[a]", "{a: b}", "*x", "&x y", "!!int z", "- 1"))


@settings(max_examples=60)
@given(line=st.integers(0, 13), value=VALUES | st.text(max_size=8))
def test_any_settings(line, value):
    lines = GOOD[SETTINGS].decode().splitlines()
    key = lines[line].partition(":")[0]
    lines[line] = f"{key}: {value}"
    walked({**GOOD, SETTINGS: "\n".join(lines).encode("utf-8", "surrogatepass")})


@settings(max_examples=130)
@given(base=st.sampled_from(QUICK), chance=st.randoms(use_true_random=False))
def test_any_changes(base, chance):
    walked(mutated(BASES[base], chance))


def test_what_is_read_is_pooled_and_no_trial_is_lost():
    came = Counter(walked(project_of(0, number)[0]) for number in range(SEEDED))
    assert set(came) == {REFUSED, POOLED}
    assert came[POOLED] > SEEDED / 10  # so that more than the checks is tried


@pytest.mark.parametrize(("base", "part"), [("counts", "judged"), ("rates", "multiplied")])
def test_a_page_shows_no_missing_number(base, part):
    assert set(PARTS) == {"diagnosed", "judged", "multiplied", "printed"}
    assert walked(BASES[base], part) == SHOWN
