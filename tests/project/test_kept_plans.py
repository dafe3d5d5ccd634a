"""Plans of reviews: what they hold, when a kept one is taken, when it is made anew."""

import json
import os
import shutil
from dataclasses import replace

import pytest

from liftproof import reviews
from liftproof.project import data_files
from liftproof.project.kept_plans import KEPT, plans_of
from liftproof.project.planning import plan_of
from liftproof.project.review_plan import ReviewPlan
from liftproof.project.worker import reviews_of_rules
from liftproof.reviews import find, load, read
from support.workflow_project import REPOSITORY

NAME = "lauersen2018"


@pytest.fixture
def project(tmp_path, monkeypatch):
    folder = tmp_path / "data" / "reviews"
    shutil.copytree(REPOSITORY / "data" / "reviews" / NAME, folder / NAME)
    monkeypatch.chdir(tmp_path)
    forget()
    return tmp_path


def forget():
    """Let digests be asked for anew, as a process that starts does."""
    data_files._files_of.cache_clear()
    data_files._line_of.cache_clear()


def started():
    forget()
    return plans_of([NAME], keep=True)[NAME]


def pretend():
    """Write another level into what is kept: a plan then tells whether it was taken from there."""
    kept = json.loads(KEPT.read_text())
    kept[NAME]["plan"]["level"] = 0.5
    KEPT.write_text(json.dumps(kept))


def test_a_plan_is_kept_and_taken_while_nothing_differs(project):
    plan = started()
    assert plan == plan_of(read(find(NAME)))
    pretend()
    assert started() == replace(plan, level=0.5)


def test_an_edit_makes_the_plan_anew_whatever_its_date(project):
    plan = started()
    pretend()
    settings = project / "data" / "reviews" / NAME / "review.yaml"
    before = settings.stat()
    text = settings.read_text()
    settings.write_text(text.replace("title:", "title: The", 1))
    os.utime(settings, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert started().level == plan.level


def test_an_edit_while_plans_are_made_is_read_by_the_next_start(project, monkeypatch):
    settings = project / "data" / "reviews" / NAME / "review.yaml"
    text = settings.read_text()

    def load_before_the_edit(folder):
        loaded = load(folder)
        settings.write_text(f"level: 0.9\n{text}")
        return loaded

    with monkeypatch.context() as edited:
        edited.setattr(reviews, "load", load_before_the_edit)
        assert started().level == 0.95
    assert started().level == 0.9


@pytest.mark.parametrize("text", ["", "[]", "{", '{"lauersen2018": 3}', '{"lauersen2018": {}}'])
def test_what_is_no_kept_plan_is_passed_over(project, text):
    plan = started()
    KEPT.write_text(text)
    assert started() == plan
    assert json.loads(KEPT.read_text())[NAME]["plan"]["level"] == plan.level


def test_a_review_with_errors_has_none_and_says_why(project):
    table = project / "data" / "reviews" / NAME / "studies.csv"
    table.write_text(table.read_text().replace("year", "yaer", 1))
    found = started()
    assert not isinstance(found, ReviewPlan)
    assert any("yaer" in line for line in found)
    assert not KEPT.exists()


def test_a_job_on_a_node_needs_its_review_alone():
    names = ("one", "one_more", "two")
    assert reviews_of_rules({"compute_one_more", "publish_one_more"}, names) == ("one_more",)
    assert reviews_of_rules({"engines"}, names) == names
    assert reviews_of_rules({"compute_one", "manifest"}, names) == names
    assert reviews_of_rules((), names) == names
