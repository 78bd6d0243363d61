"""The nodes that mail, on one data directory."""

import signal
import subprocess

from ..node import Node
from ..patience import wait_until

# Without an answer in so many seconds a process is taken for dead.
PATIENCE = 30
CONFIGURATION = """\
public_url = "https://secrets.example.com"
throttle = "off"
[mail]
server = "127.0.0.1"
port = {port}
tls = "none"
from = "burnbag@example.com"
timeout = "1s"
per_account = "off"
"""


class Nodes:
    def __init__(self, binary, folder, mail_port, chance):
        self.binary, self.data, self.chance, self.kills = binary, folder / "data", chance, 0
        configuration = folder / "burnbag.toml"
        configuration.write_text(CONFIGURATION.format(port=mail_port))
        options = ("--data", self.data, "--config", configuration)
        self.all = [Node(binary, folder / f"node{number}", *options) for number in range(2)]

    def start(self):
        for node in self.all:
            self.start_one(node)

    def start_one(self, node):
        node.start()
        wait_until("a node", node.is_ready, PATIENCE)

    def one(self):
        return self.chance.choice(self.all)

    def end_one(self):
        node, number = self.one(), self.chance.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM))
        node.end(number, PATIENCE)
        # Who ends in order hears the answer first.
        self.kills += number == signal.SIGKILL
        self.start_one(node)

    def new_account(self, email):
        """Its name and key."""
        command = [self.binary, "account", "create", email, "--data", self.data]
        key = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
        return f"{email}:{key}"

    def kill(self):
        for node in self.all:
            node.kill()
