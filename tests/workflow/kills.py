"""Kill runs at moments chosen by write; one plain run must bring the bytes of an undisturbed one.

By hand, outside CI: ``make test-kills``, or ``python tests/workflow/kills.py 50``.
"""

import sys
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.disturbed_runs import ALONE, REPORT, Disturbance, disturb, make_bench

WAYS = {
    "Snakemake, of liftproof report": (REPORT, "snakemake"),
    "the group of liftproof report": (REPORT, "group"),
    "liftproof report alone": (REPORT, "first"),
    "Snakemake alone": (ALONE, "snakemake"),
    "the group of Snakemake": (ALONE, "group"),
}


def main(kills: int) -> int:
    """Print a line a kill; return how many did not come right."""
    bench = make_bench()
    wrong = 0
    for number, way in zip(range(kills), cycle(WAYS), strict=False):
        command, fault = WAYS[way]
        at = 1 + number * bench.writes // kills
        project = bench.project(bench.place / f"project{number}")
        killing = Disturbance(command=command, fault=fault, at=at)
        killed = disturb(project, killing, bench.place / "plans" / f"kill{number}")
        wrong += not bench.judge(f"{number} {way}, write {at}", project, killed)
    print(f"{kills} kills, {wrong} wrong")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]))))
