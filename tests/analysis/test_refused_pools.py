"""What pool would refuse, check says: data that show no error until they are pooled."""

from itertools import product

import pytest
from click.testing import CliRunner

from liftproof.analysis.refused_pools import refused_pools
from liftproof.cli import main
from liftproof.reviews import read

pytestmark = pytest.mark.slow

STUDIES = "study,label,year\na,A 2001,2001\nb,B 2002,2002\nc,C 2003,2003\n"
COUNTS = "events_intervention,n_intervention,events_control,n_control"
MEANS = "mean_intervention,sd_intervention,n_intervention,mean_control,sd_control,n_control"
ROWS = {
    "no events": (COUNTS, "0,10,0,10"),
    "events in all": (COUNTS, "10,10,10,10"),
    "none in one arm": (COUNTS, "0,10,10,10"),
    "too many": (COUNTS, "1,9999999999999999,2,10"),
    "one each": (COUNTS, "0,1,0,1"),
    "tiny spread": (MEANS, "1,0.000000000001,2,2,0.000000000001,2"),
    "far effects": ("y,v", "1e50,1e-50"),
}
OPTIONS = ("", ", model: MH", ", model: UM.FS", ", tau2: DL, interval: hksj", ", tau2: SJ")


def write(folder, columns, rows, measure, options):
    trials = "".join(f"{name},x,{row}\n" for name, row in zip("abc", rows, strict=True))
    texts = {
        "studies.csv": STUDIES,
        "outcomes.csv": f"study,outcome,{columns}\n{trials}",
        "review.yaml": f"title: T\nmeasure: {measure}\nanalyses:\n"
        f"  - {{id: overall, title: All{options}}}\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", ROWS)
def test_check_and_pool_agree_on_what_can_be_pooled(tmp_path, name):
    columns, row = ROWS[name]
    measures = {COUNTS: ("RR", "RD"), MEANS: ("SMD",)}.get(columns, ("GEN",))
    for measure, options in product(measures, OPTIONS):
        write(tmp_path, columns, (row,) * 3, measure, options)
        codes = [CliRunner().invoke(main, [verb, str(tmp_path)]) for verb in ("check", "pool")]
        assert codes[0].exit_code == codes[1].exit_code, (measure, options, codes[0].output)
        assert not isinstance(codes[1].exception, ArithmeticError)


def test_an_analysis_that_fails_as_a_whole_is_named(tmp_path):
    write(tmp_path, COUNTS, ("0,10,10,10",) * 3, "RR", ", model: MH")
    (problem,) = refused_pools(read(tmp_path))
    assert (problem.path.name, problem.line, problem.column) == ("review.yaml", 4, "analyses")
    assert "analysis overall cannot be pooled: The pooled risk ratio has no finite" in problem.wrong
