"""A process of ours, and the ports that processes listen at."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time


class Child:
    """A process of ours, in a group of its own, with its output in a file."""

    def __init__(self, command, log, **more):
        self.log = log
        with log.open("ab") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True, **more)
        self.pid = self.process.pid

    def signal(self, number):
        os.kill(self.pid, number)

    def stop(self):
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGCONT)
                self.process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(0.5)
                # A node that drains ends at once when it is told so again.
                self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.pid, signal.SIGKILL)
                self.process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, child):
    for _ in range(1000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if child.process.poll() is not None:
            break
        time.sleep(0.01)
    sys.exit(f"did not start:\n{child.log.read_text()}")
