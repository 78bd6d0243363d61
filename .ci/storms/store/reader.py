"""Who opens a secret, and others with him."""

import secrets
import time

from ..exchange import BROKEN, answer, ask


class Reader:
    def __init__(self, client, secret, port, has_key):
        self.client, self.secret, self.port, self.line = client, secret, port, None
        self.headers = {"Idempotency-Key": secrets.token_urlsafe(32)} if has_key else {}
        self.is_known = self.got = False

    def ask(self):
        try:
            self.line = ask(self.port, "POST", f"/api/v1/secret/{self.secret.key}", headers=self.headers)
        except BROKEN:
            self.line = None

    def hear(self):
        if not self.line:
            # No connection: nothing was asked.
            return
        started = time.monotonic()
        try:
            status, body, headers = answer(self.line)
        except BROKEN:
            self.client.tally.count("broken")
            self.is_known = None
            return
        self.client.tally.slowest = max(self.client.tally.slowest, time.monotonic() - started)
        if self.client.checked(status, body, headers, (200, 404), "reveal"):
            self.secret.was_refused = True
            return
        # When it came is not known: others were heard before.
        self.is_known = True
        if status == 200:
            if body["value"] != self.secret.value:
                self.client.tally.is_wrong("another value")
            self.got = True
            self.secret.readers += 1
            self.client.tally.count("read")

    def repeat(self):
        """Who brought a key finds out what became of his reveal, within the time for which a copy is kept."""
        if self.is_known is not None or not self.headers:
            self.secret.unknown |= self.is_known is None
            return
        until = time.monotonic() + 50
        while self.is_known is not True and time.monotonic() < until:
            self.port = self.client.port()
            self.ask()
            self.hear()
            time.sleep(0.1)
        self.client.tally.count("repeated")
        self.secret.unknown |= self.is_known is not True
