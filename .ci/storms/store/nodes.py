"""The nodes on one store, and what may happen to one of them."""

import os
import random
import secrets
import signal
import time

from ..node import Node
from ..patience import wait_until


class Nodes:
    def __init__(self, binary, folder, count, store):
        environment = {**os.environ, "BURNBAG_STORE": store, "BURNBAG_SERVER_KEY": secrets.token_hex(32),
                       "BURNBAG_THROTTLE": "off", "BURNBAG_DRAIN": "1s", "BURNBAG_LIMITS__HELD_PER_CLIENT": "100 GB",
                       "BURNBAG_LIMITS__HELD_IN_TOTAL": "100 GB"}
        places = [folder / f"node{number}" for number in range(count)]
        self.all = [Node(binary, place, "--data", place / "data", environment=environment) for place in places]

    def start(self):
        for node in self.all:
            node.start()
        for node in self.all:
            wait_until("a node", node.is_ready)

    def wait_until_all_are_ready(self):
        wait_until("all nodes", lambda: all(node.is_ready() for node in self.all))

    def faults(self):
        return {"node-killed": self.killed, "node-stopped": self.stopped, "node-ended": self.ended}

    def killed(self):
        node = random.choice(self.all)
        node.kill()
        time.sleep(1)
        node.start()
        wait_until("a node", node.is_ready)

    def stopped(self):
        node = random.choice(self.all)
        node.process.tell(signal.SIGSTOP)
        time.sleep(8)
        node.process.tell(signal.SIGCONT)

    def ended(self):
        node = random.choice(self.all)
        node.end(signal.SIGTERM, 60)
        node.start()
        wait_until("a node", node.is_ready)

    def kill(self):
        for node in self.all:
            node.kill()
