"""Rows and outputs that are kept from run to run: the same as made anew, and of nothing else."""

from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from liftproof import review_results
from liftproof.kept_content import kept_below
from liftproof.kept_rows import KeptRows
from liftproof.project.kept_outputs import written_or_made
from liftproof.result_tables import write_rows
from liftproof.review_results import compute_review
from liftproof.reviews import read
from liftproof.rows.result_rows import DiagnosticRow
from liftproof.wiring import Failures
from support.small_project import small_project


@pytest.fixture
def review(tmp_path):
    return read(small_project(tmp_path / "project").review)


@pytest.fixture
def asked(monkeypatch):
    """Count what is computed and not taken, by the analysis that is diagnosed."""
    found = []
    diagnose = review_results.diagnose

    def counted(review, analysis):
        found.append(analysis.id)
        return diagnose(review, analysis)

    monkeypatch.setattr(review_results, "diagnose", counted)
    return found


def computed(review, folder, code="code"):
    with kept_below(folder) as kept:
        return compute_review(review, KeptRows(content=kept, code=code))


def test_rows_are_those_that_are_computed_without_keeping(review, tmp_path):
    alone = compute_review(review)
    first = computed(review, tmp_path / "kept")
    taken = computed(review, tmp_path / "kept")
    assert repr(alone) == repr(first) == repr(taken)
    write_rows(alone, review, tmp_path / "alone")
    write_rows(taken, review, tmp_path / "taken")
    tables = sorted((tmp_path / "alone").iterdir())
    assert len(tables) > 5
    for table in tables:
        assert table.read_bytes() == (tmp_path / "taken" / table.name).read_bytes()


def test_an_analysis_is_diagnosed_anew_where_its_effects_settings_or_code_differ(
    review, asked, tmp_path
):
    computed(review, tmp_path)
    everything = list(asked)
    assert everything == [analysis.id for analysis in review.settings.analyses]
    asked.clear()
    computed(review, tmp_path)
    assert asked == []
    outcome = next(row for row in review.outcomes if row.outcome == "injury")
    edited = replace(outcome, events_intervention=outcome.events_intervention + 1)
    outcomes = tuple(edited if row is outcome else row for row in review.outcomes)
    found = computed(replace(review, outcomes=outcomes), tmp_path)
    assert asked == ["overall"]
    assert repr(found) == repr(compute_review(replace(review, outcomes=outcomes)))
    asked.clear()
    first, *others = review.settings.analyses
    settings = replace(review.settings, analyses=(replace(first, tau2="REML"), *others))
    computed(replace(review, settings=settings), tmp_path)
    assert "overall" in asked
    asked.clear()
    computed(review, tmp_path, code="edited")
    assert asked == everything


def test_a_row_of_what_json_cannot_give_back_is_refused(tmp_path):
    row = DiagnosticRow(
        review="a", analysis="b", method="c", quantity="d", study="", value=(1.0,), note=""
    )
    with kept_below(tmp_path) as kept, pytest.raises(TypeError, match="no text and no number"):
        KeptRows(content=kept).made(lambda: {DiagnosticRow: [row]}, (DiagnosticRow,), "basis")
    assert not list(tmp_path.iterdir())


class Outputs(list):
    """The outputs of a job, the last its record."""

    @property
    def record(self):
        return self[-1]


@dataclass
class Publisher:
    """A job of one input and two outputs; ``meanwhile`` happens while it makes them."""

    folder: object
    meanwhile: object = staticmethod(lambda: None)
    count: int = 0
    code: str = "code"

    def __post_init__(self):
        self.failures = Failures()
        self.input = self.folder / "input"
        self.input.write_text("1", encoding="utf-8")
        names = ("page", "kit", "record")
        self.output = Outputs(str(self.folder / "results" / name) for name in names)

    def make(self):
        self.count += 1
        self.meanwhile()
        for path in self.output[:-1]:
            (self.folder / "results").mkdir(exist_ok=True)
            text = f"{path} of {self.input.read_text(encoding='utf-8')}"
            Path(path).write_text(text, encoding="utf-8")

    def run(self):
        """Run the job, its outputs removed before as the workflow does; return what it wrote."""
        for path in (self.folder / "results").glob("*"):
            path.unlink()
        params = [self.code, "review"]
        job = SimpleNamespace(input=[str(self.input)], output=self.output, params=params)
        with kept_below(self.folder / "kept") as kept:
            written_or_made(job, self.failures, kept, self.make)
        return {path.name: path.read_text() for path in (self.folder / "results").iterdir()}


def test_outputs_are_made_once_for_the_same_inputs_code_and_parameters(tmp_path):
    job = Publisher(tmp_path)
    first = job.run()
    assert sorted(first) == ["kit", "page"]
    assert job.run() == first
    assert job.count == 1
    job.code = "edited"
    assert job.run() == first
    assert job.count == 2
    job.input.write_text("2", encoding="utf-8")
    assert job.run() != first
    assert job.count == 3


def test_outputs_are_made_anew_where_one_of_them_is_not_as_kept(tmp_path):
    job = Publisher(tmp_path)
    first = job.run()
    next((tmp_path / "kept").iterdir()).write_bytes(b"spoilt")
    assert job.run() == first
    assert job.count == 2


def test_what_was_made_while_an_input_was_edited_or_failed_in_part_is_not_kept(tmp_path):
    job = Publisher(tmp_path)
    job.meanwhile = lambda: job.input.write_text("2", encoding="utf-8")
    job.run()
    job.input.write_text("1", encoding="utf-8")
    job.meanwhile = lambda: job.failures.texts.update(review="failed")
    assert "of 1" in job.run()["page"]
    job.failures.texts.clear()
    job.run()
    assert job.count == 3
