"""Which records go when reviews begin, or cease, to share jobs."""

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
        ("one/engines", ["engines"]),
        ("one/publish", ["blog", "pdf", "report"]),
        ("index", ["report"]),
        ("engines", ["one/engines"]),
        ("blog", ["one/publish"]),
        ("report", ["index", "one/publish"]),
        ("manifest", []),
    ],
)
def test_a_job_takes_the_records_of_those_that_it_stands_in_for(records, job, gone):
    found = superseded(RECORDS / f"{job}.json")
    assert sorted(str(path.relative_to(RECORDS).with_suffix("")) for path in found) == gone
