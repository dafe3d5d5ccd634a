"""What several workers need is made by the first that asks, whole or not at all."""

import pytest

from support.made_once import made_once


def test_it_is_made_once_and_after_a_failure_anew(tmp_path_factory):
    asked = []

    def make(folder):
        asked.append(folder)
        (folder / "half").write_text("half", encoding="utf-8")
        if len(asked) == 1:
            raise OSError("full")
        (folder / "rest").write_text("rest", encoding="utf-8")

    with pytest.raises(OSError, match="full"):
        made_once(tmp_path_factory, "of a test", make)
    first, second = (made_once(tmp_path_factory, "of a test", make) for _ in range(2))
    assert first == second
    assert len(asked) == 2
    assert {path.name for path in first.iterdir()} == {"half", "rest"}
