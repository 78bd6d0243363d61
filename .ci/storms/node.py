"""One Burnbag of several."""

import contextlib
import http.client

from .exchange import call
from .port import free_port
from .process import Process


class Node:
    """A Burnbag with a port and a folder of its own, which it keeps from one start to the next."""

    def __init__(self, binary, folder, *options, environment=None):
        folder.mkdir()
        self.port = free_port()
        self.command = [binary, "serve", "--listen", f"127.0.0.1:{self.port}", *options]
        self.process = Process(folder / "log", env=environment, cwd=folder)

    def start(self):
        self.process.start(self.command)

    def is_ready(self):
        with contextlib.suppress(OSError, http.client.HTTPException):
            return call(self.port, "GET", "/readyz", patience=5)[0] == 200

    def end(self, number, seconds):
        self.process.tell(number)
        self.process.wait(seconds)

    def kill(self):
        self.process.kill()
