"""What a type checker sees of ``import liftproof``: signatures, and no name that is not there."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

USE = """\
import liftproof

reveal_type(liftproof.pool([-0.5, 0.1], [0.04, 0.01]))
reveal_type(liftproof.__version__)
reveal_type(liftproof.plot.gosh(liftproof.gosh([-0.5, 0.1], [0.04, 0.01])))
liftproof.pool([-0.5, 0.1], [0.04, 0.01], tau2=3)
liftproof.pol
"""
SETTINGS = """\
[mypy]
strict = True
hide_error_context = True
incremental = False

[mypy-pandas.*,matplotlib.*,jinja2.*,scipy.*,yaml.*]
follow_imports = skip
follow_imports_for_stubs = True
"""
"""What is asked about names no type of these packages, whose stubs take most of the time; and what
was found is not kept, as nothing is asked twice."""


def test_a_type_checker_sees_signatures_and_refuses_misspelt_names(tmp_path):
    (tmp_path / "use.py").write_text(USE, encoding="utf-8")
    (tmp_path / "mypy.ini").write_text(SETTINGS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "use.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stdout.splitlines() if line.startswith("use.py:")]
    assert told == [
        'use.py:3: note: Revealed type is "liftproof.statistics.pooling.Pooled"',
        'use.py:4: note: Revealed type is "str"',
        'use.py:5: note: Revealed type is "liftproof.plot.drawn.Drawn"',
        'use.py:6: error: Argument "tau2" to "pool" has incompatible type "int"; '
        'expected "str"  [arg-type]',
        'use.py:7: error: Module has no attribute "pol"; maybe "pool"?  [attr-defined]',
    ]
