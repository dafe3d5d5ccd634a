"""Run the workflow through SLURM on this one machine, and compare with a run without it.

Needs Debian's slurmctld, slurmd and munge, root, and the packages of envs/cluster.lock on
PYTHONPATH (`make test-cluster` sees to the last). Made-up reviews are run locally and by each
profile of a cluster: all have to end with the same bytes. Each time their titles change then, the
node's daemon and its jobs are killed in the middle, and one more run has to end with the bytes of
an undisturbed one.

    tests/cluster/one_node.py [REVIEWS [PROFILE]]

Writes /etc/slurm/slurm.conf: jobs within jobs look for it nowhere else. Not where another SLURM is.
"""

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.workflow_project import Project, files, make_project

SETTINGS = Path("/etc/slurm")
REVIEWS = 3
PROFILES = ("slurm", "cluster-generic")
REAL_MEMORY = 8000
"""MB that the node says it has; without it no job that asks for memory starts."""
PATIENCE = 600
"""Seconds for the first jobs of a run to be at work, on a busy machine."""
CONF = """\
ClusterName=alone
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
MpiDefault=none
ReturnToService=2
SlurmdTimeout=30
KillWait=5
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory={memory} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""
METER = """\
import atexit, os, resource, sys
def tell():
    used = resource.getrusage(resource.RUSAGE_SELF)
    with open(os.environ["LIFTPROOF_METER"], "a") as stream:
        stream.write(f"{used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024} {sys.argv[0]}\\n")
atexit.register(tell)
"""
"""A sitecustomize module: each Python process notes its processor's seconds and its MB."""


@contextmanager
def cluster(folder: Path) -> Iterator[None]:
    """Have a cluster of this one node."""
    for name in ("state", "spool"):
        (folder / name).mkdir()
    key = folder / "munge.key"
    key.write_bytes(os.urandom(128))
    key.chmod(0o600)
    host, cpus = socket.gethostname().split(".")[0], os.cpu_count()
    conf = CONF.format(folder=folder, host=host, cpus=cpus, memory=REAL_MEMORY)
    SETTINGS.mkdir(exist_ok=True)
    (SETTINGS / "slurm.conf").write_text(conf)
    # SLURM 22.05 knows no "disabled"; version 1 needs no system bus, as version 2 does
    (SETTINGS / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")
    names = ("key-file=munge.key", "socket=munge.socket", "pid-file=munge.pid")
    more = ("log-file=munge.log", "seed-file=munge.seed")
    places = (name.replace("=", f"={folder}/") for name in (*names, *more))
    subprocess.run(["munged", "--force", *(f"--{place}" for place in places)], check=True)
    subprocess.run(["slurmctld"], check=True)
    start_node()
    try:
        yield
    finally:
        for name in ("slurmd", "slurmctld", "munge"):
            end(folder / f"{name}.pid")


def start_node() -> None:
    """Start the daemon of the node."""
    subprocess.run(["slurmd"], check=True)


def end(pid_file: Path, number: int = signal.SIGTERM) -> None:
    """Send a signal to the process whose id a file holds, if it is there."""
    if pid_file.exists():
        os.kill(int(pid_file.read_text()), number)


def snakemake(project: Project, meter: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the workflow, each of whose processes notes what it took."""
    (meter / "sitecustomize.py").write_text(METER)
    paths = [meter, project.folder / "src", *os.environ.get("PYTHONPATH", "").split(":")]
    return subprocess.Popen(
        [str(Path(sys.executable).parent / "snakemake"), *arguments],
        cwd=project.folder,
        env={
            **os.environ,
            "PYTHONPATH": ":".join(map(str, paths)),
            "LIFTPROOF_METER": str(meter / "taken"),
        },
        stdout=(meter / "said").open("ab"),
        stderr=subprocess.STDOUT,
    )


def taken(meter: Path) -> tuple[float, float]:
    """Return the seconds of all processes together, and the MB of the largest."""
    rows = [line.split()[:2] for line in (meter / "taken").read_text().splitlines()]
    return sum(float(seconds) for seconds, _ in rows), max(float(size) for _, size in rows)


def finish(process: subprocess.Popen[bytes], meter: Path) -> None:
    """Wait for a run; end with what it said if it failed."""
    if process.wait():
        raise SystemExit((meter / "said").read_text())


def made_up(folder: Path, reviews: int) -> Project:
    """Return a project of equal made-up reviews."""
    project = make_project(folder)
    for place in range(1, reviews):
        shutil.copytree(project.review, project.review.with_name(f"two_{place:02}"))
    return project


def killed_in_the_middle(project: Project, meter: Path, spool: Path, profile: str) -> None:
    """Change every review, run, and kill the node's daemon and its jobs once one is at work."""
    for path in sorted((project.folder / "data" / "reviews").glob("*/review.yaml")):
        path.write_text(path.read_text().replace("title: Two", "title: Still two", 1))
    shutil.rmtree(project.folder / "logs")
    process = snakemake(project, meter, "--profile", profile)
    started = time.monotonic()
    while not list((project.folder / "logs").glob("*/compute.log")):
        if process.poll() is not None or time.monotonic() - started > PATIENCE:
            raise SystemExit((meter / "said").read_text())
        time.sleep(0.2)
    end(spool / "slurmd.pid", signal.SIGKILL)
    running = subprocess.run(["scontrol", "listpids"], capture_output=True, text=True, check=False)
    for line in running.stdout.splitlines()[1:]:
        os.kill(int(line.split()[0]), signal.SIGKILL)
    process.kill()
    process.wait()
    (spool / "slurmd.pid").unlink(missing_ok=True)
    subprocess.run(["scancel", "--user", "root"], check=True)
    start_node()


def require_same(one: Project, other: Project) -> int:
    """End with the names of results that are not the same bytes; return how many are."""
    mine, theirs = files(one.results), files(other.results)
    odd = sorted(name for name in mine.keys() | theirs if mine.get(name) != theirs.get(name))
    if odd:
        raise SystemExit("not the same bytes:\n" + "\n".join(odd))
    return len(mine)


def by_profile(name: str, reviews: int, root: Path) -> None:
    """Run made-up reviews locally and by a profile, then once more after an accident."""
    profile = f"profiles/{name}"
    spool, here, there = (root / folder for folder in ("cluster", "here", "there"))
    for folder in (spool, here, there):
        folder.mkdir()
    local, remote = (made_up(root / folder, reviews) for folder in ("local", "remote"))
    finish(snakemake(local, here, "--cores", "1"), here)
    with cluster(spool):
        finish(snakemake(remote, there, "--profile", profile), there)
        print(f"{name}, {reviews} reviews: {require_same(local, remote)} files, the same bytes")
        (by_one, most), (by_many, largest) = taken(here), taken(there)
        print(f"local {by_one:.1f} s, {most:.0f} MB; SLURM {by_many:.1f} s, {largest:.0f} MB")
        print(f"ratio {by_many / by_one:.2f}")
        killed_in_the_middle(remote, there, spool, profile)
        finish(snakemake(remote, there, "--profile", profile, "--unlock"), there)
        finish(snakemake(remote, there, "--profile", profile), there)
        for path in (remote.folder / "data" / "reviews").glob("*/review.yaml"):
            shutil.copy2(path, local.folder / path.relative_to(remote.folder))
        finish(snakemake(local, here, "--cores", "1"), here)
        print(f"node killed and resumed: {require_same(local, remote)} files, the same bytes")


def main() -> None:
    """Print what was run, and what it took."""
    reviews = int(sys.argv[1]) if len(sys.argv) > 1 else REVIEWS
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in sys.argv[2:] or PROFILES:
        with tempfile.TemporaryDirectory() as temporary:
            by_profile(name, reviews, Path(temporary))


if __name__ == "__main__":
    main()
