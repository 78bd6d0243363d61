"""A program that is killed and started again, as often as it takes."""

import contextlib
import os
import pathlib
import signal
import subprocess


class Process:
    """What is told to it is told to its children too; what it says in all its lives stands in one file."""

    def __init__(self, log, **more):
        self.log, self.more, self.running = log, more, None

    def start(self, command):
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(command, stdout=log, stderr=log, **self.more)

    def tell(self, number):
        # Nobody else's: a number is used again once its process is gone.
        if self.running.poll() is None:
            for process in family(self.running.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, number)

    def wait(self, seconds=None):
        self.running.wait(seconds)

    def kill(self):
        if self.running:
            self.tell(signal.SIGKILL)
            self.wait()

    def said(self):
        return self.log.read_text(errors="replace")


def family(pid):
    """A process and its children, the parent first."""
    found = [pid]
    for process in found:
        with contextlib.suppress(OSError):
            children = pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()
            found += [int(child) for child in children]
    return found
