"""What the shell runs in place of each job: hands it to the server of its run, and waits.

Where there is no server, as on another node, or where the job is for another Python, the job is
started as it stands. It is read as a file, without the package, and starts in a hundredth of a
second.
"""

import json
import os
import signal
import socket
import sys

PLACE = ".snakemake/liftproof/jobs"
"""The server's socket, from the folder of the project: its whole path may be too long for one."""
APART = f"{PLACE}_apart"
"""The socket for jobs that import over 100 MB which no other job needs."""
STARTED = b"s"
KILLED = "A job was killed, as a system does that is short of memory; run again\n"
_STREAMS = (0, 1, 2)
_APART = ("engines.py",)
"""How the names of those jobs' scripts end."""


def main() -> None:
    """Run the command of the arguments; end as it ends."""
    python, *words = command = sys.argv[1:]
    code = handed_over(*words) if python == sys.executable and len(words) == 1 else None
    if code is None:
        os.execvp(python, command)
    if code == -signal.SIGKILL:
        sys.stderr.write(KILLED)
    if code < 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the one signal that Python takes
        os.kill(os.getpid(), -code)
    sys.exit(code)


def handed_over(script: str) -> int | None:
    """Have the server run a script; return its exit code, below 0 for a signal that ended it.

    None where no server has begun it. A server that ends before its job was killed.
    """
    asked = {"script": script, "folder": os.getcwd(), "environment": dict(os.environ)}  # noqa: PTH109
    content = json.dumps(asked).encode()
    with socket.socket(socket.AF_UNIX) as server:
        try:
            server.connect(APART if script.endswith(_APART) else PLACE)
            socket.send_fds(server, [b"%08x" % len(content)], _STREAMS)
            server.sendall(content)
            if server.recv(1) != STARTED:
                return None
        except OSError:
            return None
        return int(server.recv(16) or -signal.SIGKILL)


if __name__ == "__main__":
    main()
