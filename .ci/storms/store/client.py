"""Who makes, reveals, burns and looks."""

import contextlib
import random
import secrets
import threading
import time

from ..exchange import BROKEN, call
from .reader import Reader
from .secret import Secret


class Client(threading.Thread):
    def __init__(self, nodes, tally, over):
        super().__init__(daemon=True)
        self.nodes, self.tally, self.over = nodes, tally, over

    def run(self):
        while not self.over.is_set():
            deed = random.choice((self.make, self.make, self.reveal, self.reveal, self.reveal, self.burn, self.look))
            if not deed():
                self.make()

    def port(self):
        return random.choice(self.nodes).port

    def checked(self, status, body, headers, allowed, what):
        """Counts an answer, and answers whether it was a refusal for now."""
        if status == 503:
            self.tally.count("503")
            if not headers.get("Retry-After"):
                self.tally.is_wrong(f"{what}: 503 without Retry-After")
            time.sleep(0.05)
        elif status not in allowed:
            self.tally.is_wrong(f"{what}: {status} {body}")
        return status == 503

    def make(self):
        value = secrets.token_hex(8)
        try:
            status, body, headers = call(self.port(), "POST", "/api/v1/share", {"secret": value})
        except BROKEN:
            self.tally.count("broken")
            time.sleep(0.05)
            return True
        if not self.checked(status, body, headers, (200,), "make") and status == 200:
            self.tally.succeeded()
            self.tally.count("made")
            self.tally.add(Secret(body["secret_key"], body["metadata_key"], value))
        return True

    def reveal(self):
        secret = self.tally.some()
        if not secret:
            return False
        ports = [node.port for node in random.sample(self.nodes, k=min(3, len(self.nodes)))]
        readers = [Reader(self, secret, port, has_key=random.random() < 0.5) for port in ports]
        for reader in readers:
            reader.ask()
        for reader in readers:
            reader.hear()
        for reader in readers:
            reader.repeat()
        self.tally.judge(secret)
        # What nobody has got for sure waits for other readers.
        if not secret.readers and not secret.unknown:
            self.tally.put_back(secret)
        return True

    def burn(self):
        secret = self.tally.some()
        if not secret:
            return False
        try:
            status, body, headers = call(self.port(), "POST", f"/api/v1/private/{secret.receipt}/burn")
        except BROKEN:
            secret.unknown = True
            return True
        if self.checked(status, body, headers, (200,), "burn"):
            secret.was_refused = True
            self.tally.put_back(secret)
        elif status == 200:
            self.tally.succeeded()
            self.tally.count("burned")
            secret.burned = True
        return True

    def look(self):
        secret = self.tally.some()
        if not secret:
            return False
        with contextlib.suppress(*BROKEN):
            status, body, headers = call(self.port(), "GET", f"/api/v1/private/{secret.receipt}")
            if not self.checked(status, body, headers, (200,), "look"):
                self.tally.succeeded()
                if not secret.was_refused and body.get("state") != "new":
                    self.tally.is_wrong(f"look: a secret that nobody opened is {body.get('state')}")
        self.tally.put_back(secret)
        return True
