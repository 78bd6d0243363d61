"""Whether there is service."""

import contextlib
import threading

from ..exchange import BROKEN, call


class Pulse(threading.Thread):
    """Somebody who asks a node again and again, and does not wait for long: whether there is service."""

    def __init__(self, node, tally, over):
        super().__init__(daemon=True)
        self.node, self.tally, self.over = node, tally, over

    def run(self):
        while not self.over.wait(0.1):
            with contextlib.suppress(*BROKEN):
                if call(self.node.port, "POST", "/api/v1/share", {"secret": "pulse"}, patience=2)[0] == 200:
                    self.tally.succeeded()
