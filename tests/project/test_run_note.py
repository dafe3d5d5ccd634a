"""What a run notes of the commit that it was made at."""

import json
import subprocess
from pathlib import Path

from liftproof.project.run_note import RUN, note_revision

CONFIG = Path("config.yaml")


def git(folder, *arguments):
    names = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.org")
    done = subprocess.run(
        ["git", *names, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_the_commit_is_noted_and_whether_anything_was_edited(tmp_path):
    (tmp_path / RUN).parent.mkdir()
    (tmp_path / RUN).write_text("{}")
    note_revision(tmp_path, CONFIG)
    assert not (tmp_path / RUN).exists()
    git(tmp_path, "init", "--quiet")
    (tmp_path / CONFIG).write_text("reviews: all\n")
    (tmp_path / ".gitignore").write_text("results/\n")
    note_revision(tmp_path, CONFIG)
    assert not (tmp_path / RUN).exists()
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "one")
    commit = git(tmp_path, "rev-parse", "HEAD")
    for text, is_clean in (("reviews: all\n", True), ("reviews: [one]\n", False)):
        (tmp_path / CONFIG).write_text(text)
        note_revision(tmp_path, CONFIG)
        assert json.loads((tmp_path / RUN).read_text()) == {"commit": commit, "clean": is_clean}
