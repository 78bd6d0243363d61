"""Secrets with a recipient, and the letters that they make Burnbag write."""

import base64
import contextlib
import math
import time
import typing

from ..exchange import call
from ..patience import wait_until
from .nodes import PATIENCE

# A mail that was picked before its secret was burned is begun within so many seconds, also where the machine is busy.
BEGUN = 1
# After the last trouble mails have these seconds: the longest pause is below a minute then.
CALM = 120


class Letter(typing.NamedTuple):
    to: str
    key: str
    receipt: str


class Letters:
    """Makes them, burns what some of them link to, and asks what became of them."""

    def __init__(self, mails, nodes, account, chance):
        self.mails, self.nodes, self.chance = mails, nodes, chance
        self.headers = {"Authorization": "Basic " + base64.b64encode(account.encode()).decode()}
        # Burned, by recipient: how many commands the mail server may have heard of it.
        self.made, self.burned, self.unmarked = [], {}, []

    def make(self):
        to = f"reader{len(self.made)}@example.com"
        form = {"secret": "x", "recipient": to}
        status, made, _ = call(self.nodes.one().port, "POST", "/api/v1/share", form, self.headers, PATIENCE)
        assert (status, made.get("mail")) == (200, "queued"), (status, made)
        self.made.append(Letter(to, made["secret_key"], made["metadata_key"]))

    def burn(self):
        letter = self.chance.choice(self.made[-20:])
        status, *_ = call(self.nodes.one().port, "POST", f"/api/v1/private/{letter.receipt}/burn", patience=PATIENCE)
        assert status in (200, 404), status
        if letter.to not in self.burned:
            self.burned[letter.to] = math.inf
            self.unmarked.append((time.monotonic() + BEGUN, letter.to))

    def mark(self):
        """Notes how much the mail server has been told when nothing more should be begun."""
        while self.unmarked and self.unmarked[0][0] <= time.monotonic():
            _, to = self.unmarked.pop(0)
            self.burned[to] = len(self.mails.tell("state")["commands"])

    def receipt(self, letter):
        return call(self.nodes.all[0].port, "GET", f"/api/v1/private/{letter.receipt}", patience=PATIENCE)[1]

    def wait_until_calm(self):
        def is_calm():
            return all(self.receipt(letter).get("mail") != "queued" for letter in self.made if letter.to not in self.burned)
        # What is not calm by then is found wrong.
        with contextlib.suppress(TimeoutError):
            wait_until("all mails", is_calm, CALM)
