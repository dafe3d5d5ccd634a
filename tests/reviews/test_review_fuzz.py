"""Whatever stands in the files, reading them returns problems and never raises."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from liftproof.reviews import load
from liftproof.reviews.loading import Loaded
from support.small_review import GOOD

FILES = sorted(GOOD)
TABLES = [file for file in FILES if file.endswith(".csv")]
NASTY = (
    *("", " ", "\u00a0", "NA", "-", "0", "-0", "1e5", "1e-999", "1e999", "9" * 5000, "inf"),
    *("0,41", "1,502", "1.5", "<0.05", "<", "%", "12-Mar", "43891", "2011-99-99", '"', "\n"),
    *(";", "\t", "🏋", "١٢", "²", "askling2003", "primary", "adjusted", "1", "0.9999999999999999"),
    *("5e-324", "-.", ".", "--5", "−5", "1e+", "0" * 39, "petersen2011", "RR", "SMD", "GEN", "HR"),
)
CELLS = st.sampled_from(NASTY) | st.text(max_size=12) | st.floats().map(str)


def loaded_with(contents: dict[str, bytes]) -> Loaded:
    """Load the good review with some files replaced."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in GOOD.items():
            (folder / file).write_bytes(contents.get(file, text.encode()))
        loaded = load(folder, Path("r"))
    has_errors = any(not each.is_warning for each in loaded.problems)
    assert (loaded.review is None) == has_errors
    for problem in loaded.problems:
        assert problem.line >= 1
        assert problem.column
        assert problem.wrong
        assert problem.remedy
        assert "\n" not in str(problem)
    return loaded


@settings(max_examples=150, deadline=None)
@given(file=st.sampled_from(FILES), content=st.binary(max_size=60))
def test_any_bytes(file, content):
    loaded_with({file: content})


@settings(max_examples=150, deadline=None)
@given(
    file=st.sampled_from(FILES),
    junk=st.binary(max_size=6) | st.sampled_from([b'"', b",", b"\n", b"\t", b": ", b"[", b"&a"]),
    where=st.floats(0, 1),
)
def test_any_bytes_put_into_a_file(file, junk, where):
    text = GOOD[file].encode()
    at = int(where * len(text))
    loaded_with({file: text[:at] + junk + text[at:]})


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_any_cells(data):
    """Spoil up to six cells, the header's too, of any tables."""
    tables = {file: list(csv.reader(io.StringIO(GOOD[file]))) for file in TABLES}
    for _ in range(data.draw(st.integers(1, 6))):
        rows = tables[data.draw(st.sampled_from(TABLES))]
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(CELLS)
    loaded_with({file: _csv(rows) for file, rows in tables.items()})


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


VALUES = st.sampled_from(("RR", "DL", "yes", "~", "[a]", "{a: b}", "*x", "&x y", "!!int z", "- 1"))


@settings(max_examples=150, deadline=None)
@given(line=st.integers(0, 13), value=VALUES | st.text(max_size=8))
def test_any_settings(line, value):
    lines = GOOD["review.yaml"].splitlines()
    key = lines[line].partition(":")[0]
    lines[line] = f"{key}: {value}"
    loaded_with({"review.yaml": "\n".join(lines).encode("utf-8", "surrogatepass")})
