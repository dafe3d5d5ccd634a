"""What is kept from run to run: when it is taken, when made anew, what is removed."""

import csv
import os
import shutil

import pytest

from liftproof.kept_content import NOTHING_KEPT, kept_below
from liftproof.pages.draw_figures import draw_figures
from liftproof.project.kept_of_reviews import KINDS, forget_removed, kept_of
from liftproof.project.run_lock import FOLDER
from liftproof.result_tables import write_rows
from liftproof.review_results import compute_review
from liftproof.reviews import read
from support.small_project import small_project


class Maker:
    """Makes content, and counts how often it was asked to."""

    def __init__(self, content=b"a drawing"):
        self.content, self.count = content, 0

    def __call__(self):
        self.count += 1
        return self.content


def kept_file(folder):
    (path,) = folder.iterdir()
    return path


def test_content_is_made_once_for_all_that_it_follows_from(tmp_path):
    maker = Maker()
    for _ in range(2):
        with kept_below(tmp_path) as kept:
            assert kept.made(maker, "code", b"view") == b"a drawing"
    assert maker.count == 1


@pytest.mark.parametrize("basis", [("code2", b"view"), ("code", b"views"), ("codev", b"iew")])
def test_whatever_it_follows_from_makes_it_anew(tmp_path, basis):
    before, after = Maker(), Maker(b"another")
    with kept_below(tmp_path) as kept:
        kept.made(before, "code", b"view")
        assert kept.made(after, *basis) == b"another"


def spoil_an_end(path):
    path.write_bytes(path.read_bytes()[:-1])


def spoil_a_byte(path):
    held = bytearray(path.read_bytes())
    held[-1] ^= 1
    path.write_bytes(held)


def spoil_all(path):
    path.write_bytes(b"")


def take_for_another(path):
    with kept_below(path.parent) as kept:
        kept.made(Maker(b"that of another"), "other")
        other = path.parent / next(iter(kept.asked))
        path.write_bytes(other.read_bytes())
        kept.asked.add(path.name)


@pytest.mark.parametrize("spoil", [spoil_an_end, spoil_a_byte, spoil_all, take_for_another])
def test_a_spoilt_file_is_never_taken_and_is_mended(tmp_path, spoil):
    with kept_below(tmp_path) as kept:
        kept.made(Maker(), "code")
    spoil(kept_file(tmp_path))
    again = Maker()
    for _ in range(2):
        with kept_below(tmp_path) as kept:
            assert kept.made(again, "code") == b"a drawing"
    assert again.count == 1


def fail_after_one(folder):
    with kept_below(folder) as kept:
        kept.made(Maker(), "new")
        1 / 0  # noqa: B018 - a job that fails


def test_what_a_whole_job_did_not_ask_for_goes_and_that_of_a_failed_one_stays(tmp_path):
    with kept_below(tmp_path) as kept:
        kept.made(Maker(), "old")
    (tmp_path / f".partial-{os.getpid()}-name").write_bytes(b"of a killed run")
    with pytest.raises(ZeroDivisionError):
        fail_after_one(tmp_path)
    assert len(list(tmp_path.iterdir())) == 3
    with kept_below(tmp_path) as kept:
        kept.made(Maker(), "new")
    assert {kept_file(tmp_path).name} == kept.asked


def test_where_nothing_can_be_kept_all_is_made(tmp_path):
    folder = tmp_path / "file"
    folder.write_text("in the way")
    maker = Maker()
    for _ in range(2):
        with kept_below(folder) as kept:
            assert kept.made(maker, "code") == b"a drawing"
        assert NOTHING_KEPT.made(maker, "code") == b"a drawing"
    assert maker.count == 4
    assert not NOTHING_KEPT.asked


def test_what_is_kept_of_a_review_that_is_no_more_is_removed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data" / "reviews" / "here").mkdir(parents=True)
    for name in ("here", "gone"):
        for kind in KINDS:
            with kept_of(name, kind) as kept:
                kept.made(Maker(), "code")
    forget_removed(tmp_path)
    for kind in KINDS:
        assert [path.name for path in (tmp_path / FOLDER / kind).iterdir()] == ["here"]


@pytest.fixture(scope="module")
def review(tmp_path_factory):
    """Return a review of two trials, and the folder with its tables."""
    folder = tmp_path_factory.mktemp("project")
    project = small_project(folder)
    found = read(project.review)
    write_rows(compute_review(found), found, folder / "results")
    return found, folder / "results"


def draw(review, kept, code="code"):
    """Draw all figures anew; return path to bytes."""
    found, results = review
    shutil.rmtree(results / "figures", ignore_errors=True)
    with kept_below(kept) as content:
        draw_figures(found, results, content, code)
    return files(results / "figures")


def files(folder):
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def dates(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_figures_are_taken_as_they_were_drawn(review, tmp_path):
    first = draw(review, tmp_path)
    assert len(first) == len(list(tmp_path.iterdir())) > 10
    before = dates(tmp_path)
    assert draw(review, tmp_path) == first
    assert dates(tmp_path) == before


def test_other_code_draws_anew_and_copies_of_the_same_drawing_are_taken(review, tmp_path):
    first = draw(review, tmp_path)
    before = dates(tmp_path)
    assert draw(review, tmp_path, code="edited") == first
    copies = sum(not path.endswith(".svg") for path in first)
    assert len(before.items() & dates(tmp_path).items()) == copies


def test_spoilt_drawings_change_no_figure(review, tmp_path):
    first = draw(review, tmp_path)
    held = sorted(tmp_path.iterdir())
    for path, other in zip(held, [*held[1:], held[0]], strict=True):
        path.write_bytes(other.read_bytes()[: -1 if path < other else None])
    assert draw(review, tmp_path) == first


def test_another_number_draws_the_figures_that_show_it(review, tmp_path):
    first = draw(review, tmp_path)
    table = review[1] / "estimates.csv"
    text = table.read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    table.write_text(text.replace(rows[0]["i2"], "12.5"), encoding="utf-8")
    try:
        second = draw(review, tmp_path)
        shutil.rmtree(tmp_path)
        assert draw(review, tmp_path) == second
    finally:
        table.write_text(text, encoding="utf-8")
    changed = [path for path in first if first[path] != second[path]]
    assert any("forest" in path for path in changed)
    assert 0 < len(changed) < len(first)
    assert draw(review, tmp_path) == first
