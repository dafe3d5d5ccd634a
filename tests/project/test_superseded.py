"""Which records go when reviews begin, or cease, to share jobs."""

import os

import pytest

from liftproof.job_records import RECORDS, superseded


@pytest.fixture
def records(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shared, own = ("engines", "blog", "report", "pdf", "index"), ("compute", "engines", "publish")
    for job in (*shared, *(f"one/{stage}" for stage in own)):
        path = RECORDS / f"{job}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")


@pytest.mark.parametrize(
    ("job", "gone"),
    [
        ("one/compute", []),
        ("one/engines", ["engines.json"]),
        ("one/publish", ["blog.json", "pdf.json"]),
        ("index", ["report.json"]),
        ("report", ["index.json"]),
        ("manifest", []),
    ],
)
def test_a_job_takes_what_is_left_of_those_that_it_stands_in_for(records, job, gone):
    found = superseded(RECORDS / f"{job}.json")
    assert sorted(os.path.relpath(path, RECORDS) for path in found) == gone
